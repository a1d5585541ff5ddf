// Package campaign owns the life of campaigns: creating them, saving and publishing versions,
// the switches, the entering of states on time, and the snapshot by which a server decides.
//
// It declares the small interfaces that it needs of the book and of the keys, and knows neither
// SQL nor Redis nor HTTP.
package campaign
