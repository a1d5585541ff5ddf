// Package words is what the game says: one table of all its sentences in English and Chinese, and how
// it writes numbers, money and times.
//
// web/build.mjs takes the shell's sentences from the same table. It imports the standard library
// alone, and neither ebiten nor syscall/js.
package words
