// Package report owns what is taken out of a campaign for others: sheets for the accountants and a
// pack for the regulator. Both are written as they are read, a page at a time, whatever their size.
//
// A sheet names players as the book does, by their pseudonyms. In a pack they are hidden once more,
// under a key of the pack's own: packs of different states cannot be laid side by side, and the
// same state gives the same bytes.
//
// It must not import Echo, Ent, Redis or another use case.
package report
