// Package contract reads an OpenAPI file and holds answers and Go types against it. It is for the
// tests of what serves such a file.
package contract
