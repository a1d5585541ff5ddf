package testenv

// What only this package's own tests may look at.
var (
	Need      = need
	WorkingIn = workingIn
)

func Dir(s *Server) string { return s.process.dir }

func Unavailable(what, how string) error { return &unavailable{what, how} }
