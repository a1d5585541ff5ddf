// Package overload decides how a server bears more requests than it can answer: it follows the
// time that requests wait until work on them begins, raises the pace that clients are asked for, and
// then refuses by kind: reads first, draws next, redemptions last.
//
// It imports game alone and knows neither HTTP nor the stores.
package overload
