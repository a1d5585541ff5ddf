package admin_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"
)

const artPage = "/admin/campaigns/spring/art"

func TestArtPage(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 400, 560))); err != nil {
		t.Fatal(err)
	}
	if got := b.upload(artPage, artPage, "card.png", picture.String(), map[string]string{"place": "3", "act": "set"}); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.title())
	}
	address := s.art["3"].Address()
	if page := b.get(artPage).body; !strings.Contains(page, `src="`+address+`"`) || strings.Count(page, "unhung") != 6 {
		t.Errorf("the page lacks %s", address)
	}
	for name, test := range map[string]struct{ place, content, want string }{
		"a drawing": {"2", "<svg/>", "Must be a picture: PNG, JPEG, WebP."},
		"nothing":   {"2", "", "Choose a picture first."},
		"much":      {"2", strings.Repeat("x", 5<<20+1), "Must not be larger than 5 MB."},
		"a small one": {"2", func() string {
			var b bytes.Buffer
			_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9)))
			return b.String()
		}(), "Must be 200 × 280 points or larger."},
	} {
		got := b.upload(artPage, artPage, "card.png", test.content, map[string]string{"place": test.place, "act": "set"})
		if got.status != http.StatusUnprocessableEntity || got.wrong()["file-2"] != test.want && !strings.Contains(got.body, test.want) {
			t.Errorf("%s: %d, not %q", name, got.status, test.want)
		}
	}
	if got := b.upload(artPage, artPage, "card.png", picture.String(), map[string]string{"place": "9", "act": "set"}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a ninth card: %d", got.status)
	}
	if got := b.upload(artPage, artPage, "", "", map[string]string{"place": "3", "act": "remove"}); got.status != http.StatusSeeOther || len(s.art) != 0 {
		t.Errorf("taken away: %d, %d are left", got.status, len(s.art))
	}
}
