package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/game"
)

// ReadEvening reads an evening from YAML. A key that it does not know is an error, so that a slip
// of the pen is not read as silence, and what cannot be is refused field by field.
// Codes: malformed, and those of Check.
func ReadEvening(b []byte) (*Evening, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	decoder.KnownFields(true)
	e := &Evening{}
	if err := decoder.Decode(e); err != nil {
		return nil, fmt.Errorf("plan: read an evening: %w", game.Fail(game.CodeMalformed, err.Error()))
	}
	if err := decoder.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("plan: read an evening: %w", game.Fail(game.CodeMalformed, "there is more than one document"))
	}
	if err := e.Check(); err != nil {
		return nil, fmt.Errorf("plan: the evening: %w", err)
	}
	return e, nil
}
