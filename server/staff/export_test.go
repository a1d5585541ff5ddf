package staff

import "time"

// What the tests look at from inside.
var BrowserOf = browserOf

// CodeAt gives the code of a secret at a moment.
func CodeAt(secret []byte, t time.Time) string { return codeAt(secret, stepAt(t)) }
