// Package rebuild serves developers only: it watches the source tree, builds anew what a change
// concerns, restarts the binary when it is itself concerned, and lets open pages reload.
package rebuild
