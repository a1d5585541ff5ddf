package admin_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// upload sends a form with a file.
func (b *browser) upload(page, path, name, content string, values map[string]string) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		b.t.Fatal(err)
	}
	values["csrf"] = b.get(page).form(b.t, path).Get("csrf")
	for field, value := range values {
		if err := form.WriteField(field, value); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.do(http.MethodPost, path, &body, http.Header{"Content-Type": {form.FormDataContentType()}})
}

const importing = "/admin/import"

func TestExportAndImport(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	file := b.get("/admin/campaigns/spring/file")
	if file.status != http.StatusOK || file.header.Get("Content-Disposition") != `attachment; filename="spring.yaml"` || !strings.HasPrefix(file.body, "slug: spring\n") {
		t.Fatalf("%d %v\n%s", file.status, file.header, file.body)
	}
	if one := b.get("/admin/campaigns/spring/file?version=1"); one.body != file.body {
		t.Errorf("version 1 is another: %s", one.body)
	}
	for _, version := range []string{"2", "0", "x"} {
		if got := b.get("/admin/campaigns/spring/file?version=" + version); got.status != http.StatusNotFound {
			t.Errorf("version %s: %d", version, got.status)
		}
	}
	same := b.upload(importing, importing, "spring.yaml", file.body, map[string]string{})
	if !strings.Contains(same.body, "spring is just so already.") {
		t.Errorf("the same: %d\n%s", same.status, same.text("would"))
	}

	// Another address makes a draft, once it is agreed to.
	look := b.upload(importing, importing, "spring.yaml", file.body, map[string]string{"slug": "autumn"})
	if look.status != http.StatusOK || !strings.Contains(look.body, "Make the draft autumn, with version 1.") || len(s.campaigns) != 1 {
		t.Fatalf("%d, %d campaigns", look.status, len(s.campaigns))
	}
	agreed := look.form(t, importing)
	agreed.Set("agreed", "yes")
	agreed.Set("text", strings.ReplaceAll(agreed.Get("text"), "\n", "\r\n")) // as a browser sends it
	if got := b.post(importing, agreed); got.status != http.StatusSeeOther || got.header.Get("Location") != "/admin/campaigns/autumn/edit?done=imported" {
		t.Fatalf("%d %s", got.status, got.text("problems"))
	}
	if again := b.get("/admin/campaigns/autumn/file").body; again != strings.Replace(file.body, "slug: spring", "slug: autumn", 1) {
		t.Errorf("it goes out as\n%s", again)
	}
}

func TestImportSaysWhatIsWrong(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	good := b.get("/admin/campaigns/spring/file").body
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"a slip":         {strings.Replace(good, "rules:", "ruls:", 1), []string{"Line 5", "<code>ruls</code>", "<pre>ruls:</pre>"}},
		"odds":           {strings.Replace(good, "miss: 500000000", "miss: 5", 1), []string{"<code>odds</code>", "Must add up to 1000000000"}},
		"a published":    {strings.Replace(good, "amount: 888888", "amount: 8", 1), []string{"<code>pool.amount</code>", "Must not be less than 888888"}},
		"no YAML":        {"cards: [", []string{"not readable as YAML"}},
		"a script in it": {"slug: <script>alert(1)</script>\n", []string{"&lt;script&gt;"}},
	} {
		got := b.upload(importing, importing, "f.yaml", test.text, map[string]string{})
		if got.status != http.StatusUnprocessableEntity && got.status != http.StatusConflict && got.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, got.status)
		}
		for _, want := range test.want {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s: the page lacks %q", name, want)
			}
		}
	}
	if got := b.upload(importing, importing, "f.yaml", "", map[string]string{}); got.wrong()["file"] == "" {
		t.Errorf("nothing at all: %d %v", got.status, got.wrong())
	}
	if got := b.upload(importing, importing, "f.yaml", strings.Repeat("x", 4<<20), map[string]string{}); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("too much: %d", got.status)
	}
	if len(s.campaigns) != 1 || s.campaigns[0].Revision != 1 {
		t.Error("something was done")
	}
}
