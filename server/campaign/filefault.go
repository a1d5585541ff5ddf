package campaign

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/game"
)

// Fault is what is wrong with one place of a campaign file.
type Fault struct {
	Line int // from 1; 0: of no line
	game.Field
	Text string // what the reader of YAML says, where it is no field; else ""
}

// FileError says what is wrong with a campaign file, place by place. It is a *game.Error of the
// same fields to whoever asks for one.
type FileError struct {
	Faults []Fault
	cause  error
}

// Error gives a line for each fault.
func (e *FileError) Error() string {
	var all []string
	for _, f := range e.Faults {
		all = append(all, fmt.Sprintf("line %d: %s", f.Line, strings.TrimSpace(strings.Join([]string{f.Name, string(f.Reason), f.Want, f.Text}, " "))))
	}
	return strings.Join(all, "; ")
}

// Unwrap gives the error that has a code.
func (e *FileError) Unwrap() error { return e.cause }

// lines are the places of a file by their names, as game names fields: "cards.0.code".
type lines struct {
	of      map[string]int
	written []node // in the order of the file
}

type node struct {
	name, value string
	line        int
}

// Locate puts the lines of the file beside the fields that an error names. An error without fields
// is given back as it is.
func (d Draft) Locate(err error) error {
	fields := game.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	located := &FileError{cause: err}
	for _, f := range fields {
		located.Faults = append(located.Faults, Fault{Line: d.lines.find(f.Name), Field: f})
	}
	return located
}

// inFile gives the name that a field has in a file: odds are a part of it there, and a schedule may
// stand for the rounds.
func (l lines) inFile(name string) string {
	head, rest, _ := strings.Cut(name, ".")
	switch {
	case head == "outcomes" || head == "miss":
		return "odds." + name
	case head == "rounds" && l.of["schedule"] > 0:
		_, field, _ := strings.Cut(rest, ".")
		switch field {
		case "opens_at":
			field = "opens_after"
		case "closes_at":
			field = "round_length"
		}
		return "schedule." + field
	}
	return name
}

// find gives the line of a field, or of what it would be in.
func (l lines) find(name string) int {
	for name = l.inFile(name); name != ""; {
		if line := l.of[name]; line > 0 {
			return line
		}
		end := strings.LastIndexByte(name, '.')
		if end < 0 {
			break
		}
		name = name[:end]
	}
	return 1
}

// note takes down the places of a node and all below it.
func (l *lines) note(name string, n *yaml.Node) {
	if name != "" {
		l.of[name] = n.Line
		l.written = append(l.written, node{name, n.Value, n.Line})
	}
	at := func(key string) string { return strings.TrimPrefix(name+"."+key, ".") }
	switch n.Kind {
	case yaml.DocumentNode:
		for _, child := range n.Content {
			l.note(name, child)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			l.note(at(n.Content[i].Value), n.Content[i+1])
			l.of[at(n.Content[i].Value)] = n.Content[i].Line
		}
	case yaml.SequenceNode:
		for i, child := range n.Content {
			l.note(at(strconv.Itoa(i)), child)
		}
	}
}

// decode reads a file and where its places are.
func decode(b []byte) (File, lines, error) {
	var f File
	at := lines{of: map[string]int{}}
	if len(b) > MaxFile {
		return f, at, game.FailField(game.CodeTooLarge, "file", game.ReasonRange, fmt.Sprintf("0..%d", MaxFile))
	}
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	var root yaml.Node
	if err := decoder.Decode(&root); err != nil {
		return f, at, unreadable(err)
	}
	at.note("", &root)
	if err := decoder.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return f, at, unreadable(errors.New("there is more than one document"))
	}
	strict := yaml.NewDecoder(bytes.NewReader(b))
	strict.KnownFields(true)
	if err := strict.Decode(&f); err != nil {
		return f, at, at.mistyped(err)
	}
	return f, at, nil
}

var (
	lineOf      = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?(.*)$`)
	unknownKey  = regexp.MustCompile(`^field (.+) not found in type `)
	wrongType   = regexp.MustCompile("^cannot unmarshal !!\\w+(?: `(.*)`)? into (.+)$")
	writtenLike = map[string]string{
		"time.Duration": "24h", "time.Time": "2026-02-16T20:00:00+08:00", "int": "1", "int64": "1", "string": "…", "game.Text": "{en: …, zh: …}",
	}
)

func split(message string) (int, string) {
	parts := lineOf.FindStringSubmatch(strings.TrimSpace(message))
	if parts == nil {
		return 1, message
	}
	line, err := strconv.Atoi(parts[1])
	if err != nil {
		line = 1
	}
	return line, parts[2]
}

// unreadable says where a file is no YAML.
func unreadable(err error) error {
	line, text := split(err.Error())
	if errors.Is(err, io.EOF) {
		text = "the file is empty"
	}
	return &FileError{
		Faults: []Fault{{Line: line, Field: game.Field{Name: "file", Reason: game.ReasonFormat, Want: "YAML"}, Text: text}},
		cause:  game.Fail(game.CodeMalformed, text),
	}
}

// mistyped says which keys of a file are unknown and which values are not what belongs there.
func (l lines) mistyped(err error) error {
	var wrong *yaml.TypeError
	if !errors.As(err, &wrong) {
		return unreadable(err)
	}
	located := &FileError{}
	for _, message := range wrong.Errors {
		line, text := split(message)
		fault := Fault{Line: line, Field: game.Field{Name: "file", Reason: game.ReasonFormat, Want: "YAML"}, Text: text}
		if key := unknownKey.FindStringSubmatch(text); key != nil {
			fault.Field, fault.Text = game.Field{Name: l.nameAt(line, key[1], ""), Reason: game.ReasonUnknown}, ""
		} else if value := wrongType.FindStringSubmatch(text); value != nil {
			like, ok := writtenLike[value[2]]
			if !ok {
				like = "[…]"
			}
			fault.Field, fault.Text = game.Field{Name: l.nameAt(line, "", value[1]), Reason: game.ReasonFormat, Want: like}, ""
		}
		located.Faults = append(located.Faults, fault)
	}
	var fields []game.Field
	for _, f := range located.Faults {
		fields = append(fields, f.Field)
	}
	located.cause = &game.Error{Code: game.CodeInvalid, Fields: fields}
	return located
}

// nameAt gives the name of the place on a line that has the key or the value; what the reader of
// YAML says of a long value is cut short.
func (l lines) nameAt(line int, key, value string) string {
	for _, n := range l.written {
		last := n.name[strings.LastIndexByte(n.name, '.')+1:]
		if l.of[n.name] != line && n.line != line {
			continue
		}
		if key != "" && last == key || key == "" && strings.HasPrefix(n.value, strings.TrimSuffix(value, "...")) && (value != "" || n.value == "") {
			return n.name
		}
	}
	return key
}
