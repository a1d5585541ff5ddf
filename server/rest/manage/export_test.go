package manage

import "github.com/fivefold/fivefold/server/game"

// Scopes gives the scope of each route, by its method and path.
func Scopes() map[string]game.Scope {
	all := map[string]game.Scope{}
	for _, r := range (&Server{}).routes() {
		all[r.method+" "+r.path] = r.scope
	}
	return all
}
