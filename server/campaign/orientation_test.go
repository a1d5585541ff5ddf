package campaign_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"testing"

	"github.com/fivefold/fivefold/server/campaign"
)

// quarters is a picture whose quarters, from the left and from above, are red, green, blue and white.
func quarters(w, h int) *image.NRGBA {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := []color.NRGBA{{220, 0, 0, 255}, {0, 220, 0, 255}, {0, 0, 220, 255}, {255, 255, 255, 255}}[2*x/w+2*(2*y/h)]
			p.SetNRGBA(x, y, c)
		}
	}
	return p
}

// stored is a picture as a file of an orientation has it: Exif says at which side of what is seen the
// file's first row and first column are.
func stored(seen *image.NRGBA, orientation int) *image.NRGBA {
	sides := [][2]string{
		{"top", "left"}, {"top", "right"}, {"bottom", "right"}, {"bottom", "left"},
		{"left", "top"}, {"right", "top"}, {"right", "bottom"}, {"left", "bottom"},
	}[orientation-1]
	w, h := seen.Rect.Dx(), seen.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if sides[0] == "left" || sides[0] == "right" {
		size = image.Rect(0, 0, h, w)
	}
	file := image.NewNRGBA(size)
	for row := range size.Dy() {
		for column := range size.Dx() {
			x, y := 0, 0
			for i, n := range []int{row, column} {
				switch sides[i] {
				case "top":
					y = n
				case "bottom":
					y = h - 1 - n
				case "left":
					x = n
				case "right":
					x = w - 1 - n
				}
			}
			file.Set(column, row, seen.At(x, y))
		}
	}
	return file
}

// photo is a JPEG file with an Exif segment that has the orientation as its second tag.
func photo(t testing.TB, p image.Image, order binary.AppendByteOrder, orientation uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00*")
	if order.String() == "LittleEndian" {
		exif = []byte("Exif\x00\x00II*\x00")
	}
	exif = order.AppendUint32(exif, 8)
	exif = order.AppendUint16(exif, 2)
	for _, tag := range []struct{ tag, value uint16 }{{0x0100, 4000}, {0x0112, orientation}} {
		exif = order.AppendUint16(exif, tag.tag)
		exif = order.AppendUint16(exif, 3)
		exif = order.AppendUint32(exif, 1)
		exif = order.AppendUint16(exif, tag.value)
		exif = order.AppendUint16(exif, 0)
	}
	exif = order.AppendUint32(exif, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(2+len(exif)))
	return slices.Concat(segment, exif, b.Bytes()[2:])
}

// A photo that a phone has stored lying, or mirrored, comes out as it was seen.
func TestPictureIsUpright(t *testing.T) {
	seen := quarters(420, 588)
	for o := range 8 {
		order := binary.AppendByteOrder(binary.BigEndian)
		if o%2 == 1 {
			order = binary.LittleEndian
		}
		art, err := campaign.Picture(photo(t, stored(seen, o+1), order, uint16(o+1)))
		if err != nil {
			t.Errorf("orientation %d: %v", o+1, err)
			continue
		}
		got, _, err := image.Decode(bytes.NewReader(art.Content))
		if err != nil || got.Bounds() != image.Rect(0, 0, 400, 560) {
			t.Errorf("orientation %d: %v, %v", o+1, got.Bounds(), err)
			continue
		}
		want := quarters(400, 560)
		for _, at := range []image.Point{{100, 140}, {300, 140}, {100, 420}, {300, 420}} {
			r, g, b, _ := got.At(at.X, at.Y).RGBA()
			R, G, B, _ := want.At(at.X, at.Y).RGBA()
			for i, channel := range [][2]uint32{{r, R}, {g, G}, {b, B}} {
				if d := int(channel[0]>>8) - int(channel[1]>>8); d < -40 || d > 40 {
					t.Errorf("orientation %d at %v: channel %d is off by %d", o+1, at, i, d)
				}
			}
		}
	}
}

func TestOrientationThatIsNotThere(t *testing.T) {
	file := photo(t, quarters(8, 8), binary.BigEndian, 6)
	if got := campaign.Orientation(file); got != 6 {
		t.Fatalf("orientation %d, want 6", got)
	}
	// The segments of a file that an editor wrote come before Exif's.
	late := slices.Concat([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 4, 'J', 'F', 0xff, 0xff, 0xe1, 0, 5, 'h', 't', 't'}, file[2:])
	if got := campaign.Orientation(late); got != 6 {
		t.Errorf("after other segments: %d, want 6", got)
	}
	for name, bad := range map[string][]byte{
		"of nothing":       nil,
		"of no JPEG":       []byte("Exif\x00\x00"),
		"without Exif":     slices.Concat(file[:2], file[2+2+int(binary.BigEndian.Uint16(file[4:])):]),
		"beyond 8":         photo(t, quarters(8, 8), binary.LittleEndian, 9),
		"of 0":             photo(t, quarters(8, 8), binary.LittleEndian, 0),
		"cut off":          file[:40],
		"of far directory": slices.Concat(file[:16], []byte{0xff, 0xff, 0xff, 0xff}, file[20:]),
	} {
		if got := campaign.Orientation(bad); got != 1 {
			t.Errorf("orientation %s: %d, want 1", name, got)
		}
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add(photo(f, quarters(8, 8), binary.BigEndian, 6)[:80])
	f.Add(photo(f, quarters(8, 8), binary.LittleEndian, 3)[:80])
	f.Add([]byte{0xff, 0xd8, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, file []byte) {
		if got := campaign.Orientation(file); got < 1 || got > 8 {
			t.Errorf("orientation %d", got)
		}
	})
}
