//go:build js

package main

import (
	"context"

	"github.com/fivefold/fivefold/client/app"
)

func main() {
	if err := app.Browser(context.Background()); err != nil {
		panic(err) // the shell sees the game end, and says so
	}
}
