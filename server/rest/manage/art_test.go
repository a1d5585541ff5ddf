package manage_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// drawn is a picture as a program sends it.
func drawn(t *testing.T, width, height int) string {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = color.Gray{Y: uint8(i)}.Y
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A picture is made anew of what was sent, and taken away again.
func TestPicturesByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const art = "/campaigns/spring/art"
	if a := s.send(http.MethodGet, art, ""); strings.Count(a.text, `"place"`) != 7 || strings.Contains(a.text, "address") {
		t.Errorf("%s", a.text)
	}
	sent := drawn(t, 500, 600)
	a := s.send(http.MethodPut, art+"/3", sent)
	s.want(a, http.StatusOK, "")
	if !strings.Contains(a.text, `{"place":"3","address":"/art/`) || strings.Contains(string(s.art["3"].Content), sent[:200]) {
		t.Errorf("%s", a.text)
	}
	for _, test := range []struct {
		place, body string
		status      int
		code        game.Code
		field       string
	}{
		{"6", sent, http.StatusUnprocessableEntity, game.CodeInvalid, "place"},
		{"1", "", http.StatusUnprocessableEntity, game.CodeInvalid, "art"},
		{"1", `<svg xmlns="http://www.w3.org/2000/svg"/>`, http.StatusUnprocessableEntity, game.CodeInvalid, "art"},
		{"1", drawn(t, 50, 60), http.StatusUnprocessableEntity, game.CodeInvalid, "art"},
		{"1", strings.Repeat("x", campaign.MaxArtBytes+1), http.StatusRequestEntityTooLarge, game.CodeTooLarge, ""},
	} {
		a := s.send(http.MethodPut, art+"/"+test.place, test.body)
		s.want(a, test.status, test.code)
		if !strings.Contains(a.text, `"`+test.field) {
			t.Errorf("%s is not named: %s", test.field, a.text)
		}
	}
	if a := s.send(http.MethodDelete, art+"/3", ""); strings.Contains(a.text, "address") {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPut, "/campaigns/nowhere/art/1", sent), http.StatusNotFound, game.CodeCampaignUnknown)
}
