// Package luck says how lucky a player was: what the published odds make of as many draws as theirs.
// It is plain arithmetic over probabilities and knows nothing of the game around it.
package luck
