package admin

import (
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// askLogins asks at once for the logins of those whom a page is going to name. A page with a list does
// so before it makes its lines.
func (a *Admin) askLogins(v *visit, people ...game.StaffID) {
	if v.logins == nil {
		v.logins = map[game.StaffID]string{}
	}
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(id game.StaffID) bool {
		_, known := v.logins[id]
		return id == "" || known
	})
	if len(people) == 0 {
		return
	}
	found, err := a.Book.Logins(v.ctx(), people)
	for _, id := range people {
		// Who cannot be looked up is shown by their id, since the page is of use without the name.
		v.logins[id] = string(id)
		if login := found[id]; err == nil && login != "" {
			v.logins[id] = login
		}
	}
}

// loginOf names a person.
func (a *Admin) loginOf(v *visit, id game.StaffID) string {
	if id == "" {
		return v.say("versions.nobody")
	}
	a.askLogins(v, id)
	return v.logins[id]
}
