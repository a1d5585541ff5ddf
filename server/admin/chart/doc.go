// Package chart draws lines over an axis as SVG, on the server: pages need no script to show them,
// and they are sharp in print. Colours come from the style sheet by class; nothing is styled inline,
// which the pages' policy would refuse.
package chart
