package campaign_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// striped is a picture whose thirds from the left are red, green and blue.
func striped(w, h int, alpha uint8) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := []color.NRGBA{{200, 0, 0, alpha}, {0, 200, 0, alpha}, {0, 0, 200, alpha}}[3*x/w]
			p.SetNRGBA(x, y, c)
		}
	}
	return p
}

func pngOf(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What comes out is a card's shape out of the middle, in the game's size, whatever went in.
func TestPicture(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, striped(900, 560, 255), nil); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		file []byte
		kind string
	}{
		"a photo":          {photo.Bytes(), "image/jpeg"},
		"a wide PNG":       {pngOf(t, striped(900, 300, 255)), "image/jpeg"},
		"a high PNG":       {pngOf(t, striped(300, 900, 255)), "image/jpeg"},
		"one seen through": {pngOf(t, striped(200, 280, 128)), "image/png"},
	} {
		art, err := campaign.Picture(test.file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		back, kind, err := image.Decode(bytes.NewReader(art.Content))
		if err != nil || "image/"+kind != art.MediaType || art.MediaType != test.kind || back.Bounds() != image.Rect(0, 0, 400, 560) {
			t.Errorf("%s: %s %v, %v", name, art.MediaType, back.Bounds(), err)
			continue
		}
		if _, g, _, _ := back.At(200, 280).RGBA(); g < 0x5000 {
			t.Errorf("%s: its middle is not in the middle", name)
		}
		if len(art.Hash) != 64 {
			t.Errorf("%s: hash %q", name, art.Hash)
		}
	}
}

// What stands in a file besides its pixels is gone.
func TestPictureKeepsNothingElse(t *testing.T) {
	file := pngOf(t, striped(400, 560, 255))
	const secret = "GPS 31.2304 N 121.4737 E"
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(secret)))
	chunk = append(chunk, "tEXt"+secret...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	file = append(file[:33:33], append(chunk, file[33:]...)...) // after IHDR
	art, err := campaign.Picture(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(art.Content, []byte("GPS")) {
		t.Error("where it was taken is still in it")
	}
}

func TestPictureRefuses(t *testing.T) {
	bomb := pngOf(t, striped(200, 280, 255))
	binary.BigEndian.PutUint32(bomb[16:], 60_000) // wide, by its head; its pixels are never looked at
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, striped(400, 560, 255), nil); err != nil {
		t.Fatal(err)
	}
	whole := pngOf(t, striped(400, 560, 255))
	for name, test := range map[string]struct {
		file   []byte
		reason game.Reason
	}{
		"nothing":      {nil, game.ReasonFormat},
		"a drawing":    {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), game.ReasonFormat},
		"a GIF":        {moving.Bytes(), game.ReasonFormat},
		"half a file":  {whole[:len(whole)/2], game.ReasonFormat},
		"a bomb":       {bomb, game.ReasonRange},
		"too heavy":    {make([]byte, campaign.MaxArtBytes+1), game.ReasonRange},
		"a post stamp": {pngOf(t, striped(199, 280, 255)), game.ReasonLess},
	} {
		_, err := campaign.Picture(test.file)
		fields := game.FieldsOf(err)
		if game.CodeOf(err) != game.CodeInvalid || fields[0].Name != "art" || fields[0].Reason != test.reason {
			t.Errorf("%s: %v, want %s", name, err, test.reason)
		}
	}
}

func TestSetArt(t *testing.T) {
	m, s := newMemory()
	c, err := s.Create(t.Context(), spring(), rounds(), "s1")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetArt(t.Context(), "spring", "6", nil, "s1"); game.CodeOf(err) != game.CodeInvalid {
		t.Errorf("a sixth card: %v", err)
	}
	if err := s.SetArt(t.Context(), "spring", game.ArtCard2, pngOf(t, striped(400, 560, 255)), "s1"); err != nil {
		t.Fatal(err)
	}
	if art := m.art[game.ArtCard2]; art.MediaType != "image/jpeg" || len(m.art) != 1 {
		t.Errorf("%+v", art)
	}
	from, err := s.CopyOf(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.Copy(t.Context(), from, campaign.Copying{Slug: "again", Name: c.Name, OpensAt: start}, "s1")
	if err != nil || m.artOf != made.ID {
		t.Errorf("the copy has no pictures: %v", err)
	}
	if err := s.SetArt(t.Context(), "spring", game.ArtCard2, nil, "s1"); err != nil || len(m.art) != 0 {
		t.Errorf("taken away: %v, %d are left", err, len(m.art))
	}
}
