// Package api is the wire contract of the player API: paths, request and reply types
// and the problem document. The server and the browser game share it, so it imports the
// standard library and game alone.
//
// JSON over HTTP under Prefix. Times are RFC 3339 UTC, money is integer minor units, and a
// player sends their token as "Authorization: Bearer TOKEN". The same contract stands in
// openapi.yaml of server/rest, which is tested against these types.
package api
