// Fivefold is the one binary of the platform: it serves the game, the player API and the admin
// page, and holds the commands of operators and developers.
package main
