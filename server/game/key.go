package game

import "strings"

const maxKey = 128

// Check says what is wrong with a key as a request brings it. Code: invalid.
func (k OperationKey) Check() error {
	const header = "Idempotency-Key"
	if k == "" {
		return FailField(CodeInvalid, header, ReasonRequired, "")
	}
	if len(k) > maxKey {
		return FailField(CodeInvalid, header, ReasonRange, spanText(1, maxKey))
	}
	// A header can hold bytes that are no text; a database would choke on them.
	if strings.ContainsFunc(string(k), func(r rune) bool { return r < ' ' || r > '~' }) {
		return FailField(CodeInvalid, header, ReasonFormat, "ASCII")
	}
	return nil
}
