// Package sheet writes CSV that people open in a spreadsheet: marked as UTF-8, so that hanzi show,
// and with no cell that the program would take for a formula. It knows nothing of what it writes
// and imports nothing of Fivefold.
package sheet
