package rest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/testenv/contract"
)

// wire are the types of the wire contract; TestEveryTypeIsHeld says when one is forgotten.
var wire = []any{
	api.NewPlayer{}, api.Player{}, api.CampaignSummary{}, api.Campaign{}, api.Odds{}, api.Weight{}, api.Round{},
	api.NextRound{}, api.Stock{}, api.Pool{}, api.Version{}, api.Fairness{}, api.Draw{}, api.Drawn{}, api.Outcome{},
	api.Me{}, api.Album{}, api.Next{}, api.Redemption{}, api.Payout{}, api.BonusChances{}, api.Entry{}, api.Entries{}, api.Redeem{},
	api.Redeemed{}, api.Settlement{}, api.RandomSplit{}, api.Problem{},
	game.Card{}, game.Guarantee{}, game.Bonus{}, game.Commitment{},
}

// source parses the Go files of a folder, without its tests.
func source(t *testing.T, folder string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %v", folder, err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// constants gives the values of the constants of game, by the name of their type.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, file := range source(t, "../game") {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) == 0 {
				return true
			}
			kind, typed := spec.Type.(*ast.Ident)
			value, literal := spec.Values[0].(*ast.BasicLit)
			if typed && literal && value.Kind == token.STRING {
				text, err := strconv.Unquote(value.Value)
				if err != nil {
					t.Fatal(err)
				}
				all[kind.Name] = append(all[kind.Name], text)
			}
			return true
		})
	}
	return all
}

func TestEveryTypeIsHeld(t *testing.T) {
	held := map[string]bool{}
	for _, v := range wire {
		if reflect.TypeOf(v).PkgPath() == reflect.TypeFor[api.Me]().PkgPath() {
			held[reflect.TypeOf(v).Name()] = true
		}
	}
	for _, file := range source(t, "../api") {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				if !held[spec.Name.Name] {
					t.Errorf("api.%s is not held to the file", spec.Name.Name)
				}
				delete(held, spec.Name.Name)
			}
			return true
		})
	}
	for name := range held {
		t.Errorf("api has no %s", name)
	}
}

func TestSchemasAreTheTypes(t *testing.T) {
	enums := constants(t)
	for _, v := range wire {
		file().CheckType(t, v, enums)
	}
}

// The enumerations of the file are the constants of game, in their order.
func TestEnumerations(t *testing.T) {
	all := constants(t)
	for _, name := range []string{"Code", "State", "Kind", "EntryKind", "Split", "PayoutState"} {
		if diff := cmp.Diff(all[name], contract.List(file().In(schemaOf(name), "enum"))); diff != "" || len(all[name]) == 0 {
			t.Errorf("%s (-Go +file):\n%s", name, diff)
		}
	}
}

func TestEveryCodeHasAStatusAndSentences(t *testing.T) {
	all := constants(t)
	known := map[game.Code]bool{}
	for _, code := range all["Code"] {
		code := game.Code(code)
		known[code] = true
		if status := rest.Statuses[code]; status < 400 || status > 599 {
			t.Errorf("%s has the status %d", code, status)
		}
		checkSentence(t, string(code), rest.Sentence(code))
	}
	for code := range rest.Statuses {
		if !known[code] {
			t.Errorf("%s has a status and is no code", code)
		}
	}
	for _, reason := range all["Reason"] {
		sentence := game.Text{}
		for _, lang := range []string{"en", "zh"} {
			f := game.Field{Name: "f", Reason: game.Reason(reason), Want: "1..5"}
			sentence[lang] = rest.Explain(f, lang)
		}
		checkSentence(t, reason, sentence)
	}
	if len(all["Reason"]) < 5 || len(all["Code"]) < 30 {
		t.Errorf("%d codes, %d reasons: they were not all read", len(all["Code"]), len(all["Reason"]))
	}
}

func checkSentence(t *testing.T, of string, s game.Text) {
	t.Helper()
	if s["en"] == "" || chinese(s["en"]) || strings.Contains(s["en"], "{}") {
		t.Errorf("%s in English: %q", of, s["en"])
	}
	if !chinese(s["zh"]) || strings.Contains(s["zh"], "{}") {
		t.Errorf("%s in Chinese: %q", of, s["zh"])
	}
}
