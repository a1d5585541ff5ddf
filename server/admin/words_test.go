package admin_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
	pages "github.com/fivefold/fivefold/web/admin"
)

var places = regexp.MustCompile(`\{\d\}`)

func TestEverySentenceIsInBothLanguages(t *testing.T) {
	for key, by := range admin.Sentences {
		en, zh := by["en"], by["zh"]
		if len(by) != 2 || strings.TrimSpace(en) == "" || strings.TrimSpace(zh) == "" {
			t.Errorf("%s: %v", key, by)
			continue
		}
		if a, b := inOrder(en), inOrder(zh); !slices.Equal(a, b) {
			t.Errorf("%s takes %v in English and %v in Chinese", key, a, b)
		}
		swapped := key == "nav.other_language" // it names the other language
		sign := slices.Contains([]string{"colon", "comma", "semicolon", "promise.and"}, key)
		if !sign && (hanzi(en) != swapped || hanzi(zh) == swapped) {
			t.Errorf("%s: en %q, zh %q are not each in its own language", key, en, zh)
		}
	}
}

func inOrder(s string) []string {
	found := places.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func hanzi(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// constants gives the values of game's string constants of a type, read from its source: a code
// that is added there and has no sentence here is found.
func constants(t *testing.T, of string) []string {
	t.Helper()
	files, err := filepath.Glob("../game/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if name, ok := spec.Type.(*ast.Ident); ok && name.Name == of && len(spec.Values) == 1 {
				values = append(values, strings.Trim(spec.Values[0].(*ast.BasicLit).Value, `"`))
			}
			return true
		})
	}
	if len(values) == 0 {
		t.Fatalf("game has no constants of type %s", of)
	}
	return values
}

// playersOnly are the codes that only a player's request can meet.
var playersOnly = []string{
	"shaking_paused", "redemption_paused", "chance_unknown", "beyond_chances", "too_early", "window_over", "ticket_invalid",
	"set_incomplete", "already_redeemed", "key_reused",
}

func TestEveryWordOfGameHasASentence(t *testing.T) {
	need := func(key string) {
		if admin.Sentences[key] == nil {
			t.Errorf("there is no sentence %s", key)
		}
	}
	for _, code := range constants(t, "Code") {
		if !slices.Contains(playersOnly, code) {
			need("code." + code)
		}
	}
	for _, reason := range constants(t, "Reason") {
		need("wrong." + reason)
	}
	for _, state := range constants(t, "State") {
		need("state." + state)
		need("live.state_" + state)
	}
	for _, role := range game.Roles {
		need("role." + string(role))
	}
	for _, scope := range game.Scopes {
		need("scope." + string(scope))
	}
	for _, action := range constants(t, "Action") {
		need("action." + action)
	}
	for _, kind := range constants(t, "EntryKind") {
		need("entry." + kind)
	}
	for _, name := range constants(t, "ReportName") {
		need("report." + name)
		need("report.about_" + name)
	}
	for _, split := range constants(t, "Split") {
		need("split." + split)
		need("split.shared_" + split)
		need("hint.pool-split-" + split)
	}
	for _, state := range constants(t, "CorrectionState") {
		need("correction.state_" + state)
	}
	for _, state := range constants(t, "PayoutState") {
		need("payout." + state)
	}
	for _, w := range campaign.Warnings(game.Campaign{Pool: game.Pool{Amount: 1}}, true) {
		need("warning." + string(w))
	}
	need("warning." + string(campaign.WarnOverflow))
	for _, kind := range constants(t, "Kind") {
		need("outcome." + kind)
	}
}

// source gives the text of all templates and of the package's Go files, without tests.
func source(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	templates, err := fs.Glob(pages.Templates(), "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range templates {
		text, err := fs.ReadFile(pages.Templates(), name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

var (
	said   = regexp.MustCompile(`(?:\bt |\bsay\(|has\()"([a-z_]+(?:\.[a-z_-]+)+)"`)
	inputs = regexp.MustCompile(`\.Input "([a-z-]+)"`)
)

func TestEverySentenceThatIsSaidIsThere(t *testing.T) {
	text := source(t)
	for _, m := range said.FindAllStringSubmatch(text, -1) {
		if admin.Sentences[m[1]] == nil {
			t.Errorf("%s is said and not there", m[1])
		}
	}
	for _, m := range inputs.FindAllStringSubmatch(text, -1) {
		if admin.Sentences["field."+m[1]] == nil {
			t.Errorf("the input %s has no label", m[1])
		}
	}
}

// Sentences that nobody says would be translated for ever. Those of a family are said by a name
// that is put together.
func TestEverySentenceThatIsThereIsSaid(t *testing.T) {
	text := source(t)
	families := regexp.MustCompile(`^(code|state|role|scope|wrong|live\.state_|done|hint|field\.card|field\.round|field\.prize|prizes\.new_|standing|outcome|action|changed|may|entry|payout|support\.locale_|rehearse\.phase_|correction\.state_|report|approval|warning|split)`)
	for key := range admin.Sentences {
		name, _ := strings.CutPrefix(key, "field.")
		if !families.MatchString(key) && !strings.Contains(text, `"`+key+`"`) && !strings.Contains(text, `"`+name+`"`) {
			t.Errorf("nobody says %s", key)
		}
	}
}

var nameOfASentence = regexp.MustCompile(`>\s*[a-z]+\.[a-z_]+[a-z_.-]*\s*<`)

func TestPagesInBothLanguages(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	for header, tag := range map[string]string{
		"en": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh-Hans", "zh-TW": "zh-Hans", "fr-FR,zh;q=0.5": "zh-Hans", "fr": "en", "": "en", "en-GB": "en",
	} {
		b.lang = header
		for _, path := range staffPages {
			got := b.get(path)
			if got.status != http.StatusOK || !strings.Contains(path, "/live") && !strings.Contains(got.body, `<html lang="`+tag+`"`) {
				t.Errorf("%s for %q: %d, not in %s", path, header, got.status, tag)
			}
			if found := nameOfASentence.FindString(got.body); found != "" || strings.Contains(got.body, "{0}") || strings.Contains(got.body, "ZgotmplZ") {
				t.Errorf("%s for %q shows %q", path, header, found)
			}
		}
	}
}

func TestLanguageSwitch(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	if got := b.get(editing + "?from=1&lang=zh"); !strings.Contains(got.body, `lang="zh-Hans"`) || !strings.Contains(got.body, `href="/admin/campaigns/spring/odds?from=1&amp;lang=en"`) {
		t.Error("asked for Chinese, the page is not, or does not lead back")
	}
	if got := b.get("/admin/campaigns"); !strings.Contains(got.body, `<html lang="zh-Hans"`) {
		t.Error("the choice is not kept")
	}
	if got := b.get("/admin/campaigns?lang=xx"); !strings.Contains(got.body, `<html lang="zh-Hans"`) {
		t.Error("an unknown language changes the choice")
	}
}
