package campaign

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decodes; JPEG and PNG are written too

	"github.com/fivefold/fivefold/server/game"
)

// What a picture may be before it is looked at more closely, and what becomes of it: as large as the
// game shows a card at most, twice as fine.
const (
	MaxArtBytes  = 5 << 20
	MaxArtPixels = 16_000_000
	artWidth     = 400
	artHeight    = 560
)

// decoding lets one picture at a time be decoded: at its bound it takes a hundred megabytes.
var decoding sync.Mutex

// Picture makes a card's picture of a file: PNG, JPEG or WebP. Its size is read before its pixels are;
// the middle of it is cut to a card's shape, and it is written anew, so that nothing of the file is left
// but what is seen. Code: invalid, field art.
func Picture(file []byte) (game.Art, error) {
	if len(file) > MaxArtBytes {
		return game.Art{}, game.FailField(game.CodeInvalid, "art", game.ReasonRange, "5 MB")
	}
	size, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || !slices.Contains([]string{"png", "jpeg", "webp"}, kind) {
		return game.Art{}, game.FailField(game.CodeInvalid, "art", game.ReasonFormat, "PNG, JPEG, WebP")
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > MaxArtPixels/size.Height {
		return game.Art{}, game.FailField(game.CodeInvalid, "art", game.ReasonRange, "16 MP")
	}
	how := upright
	if kind == "jpeg" {
		how = orientation(file)
	}
	if turned(how) {
		size.Width, size.Height = size.Height, size.Width
	}
	if size.Width < artWidth/2 || size.Height < artHeight/2 {
		return game.Art{}, game.FailField(game.CodeInvalid, "art", game.ReasonLess, fmt.Sprintf("%d × %d", artWidth/2, artHeight/2))
	}
	decoding.Lock()
	defer decoding.Unlock()
	decoded, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return game.Art{}, game.FailField(game.CodeInvalid, "art", game.ReasonFormat, "PNG, JPEG, WebP")
	}
	if turned(how) {
		return encode(turn(cut(decoded, artHeight, artWidth), how))
	}
	return encode(turn(cut(decoded, artWidth, artHeight), how))
}

// cut takes the middle of a picture in a shape, in that size.
func cut(from image.Image, width, height int) *image.NRGBA {
	middle := from.Bounds()
	if w := middle.Dy() * width / height; w < middle.Dx() {
		middle.Min.X += (middle.Dx() - w) / 2
		middle.Max.X = middle.Min.X + w
	} else if h := middle.Dx() * height / width; h < middle.Dy() {
		middle.Min.Y += (middle.Dy() - h) / 2
		middle.Max.Y = middle.Min.Y + h
	}
	to := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(to, to.Bounds(), from, middle, draw.Src, nil)
	return to
}

// encode writes a picture as PNG where something shows through it, else as JPEG.
func encode(picture *image.NRGBA) (game.Art, error) {
	var out bytes.Buffer
	art := game.Art{MediaType: "image/png"}
	var err error
	if picture.Opaque() {
		art.MediaType = "image/jpeg"
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 86})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture)
	}
	if err != nil {
		return art, fmt.Errorf("campaign: write a picture: %w", err)
	}
	art.Content = out.Bytes()
	sum := sha256.Sum256(art.Content)
	art.Hash = hex.EncodeToString(sum[:])
	return art, nil
}

// SetArt gives a place of a campaign a picture of its own in place of the theme's; nil takes it away.
// Codes: campaign_unknown; invalid, fields place and art.
func (s *Service) SetArt(ctx context.Context, slug string, place game.ArtPlace, file []byte, by game.StaffID) error {
	if !slices.Contains(game.ArtPlaces, place) {
		return game.FailField(game.CodeInvalid, "place", game.ReasonUnknown, "")
	}
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return err
	}
	art := game.Art{Place: place}
	if file != nil {
		if art, err = Picture(file); err != nil {
			return err
		}
		art.Place = place
	}
	if err := s.Book.SetArt(ctx, c.ID, art, by); err != nil {
		return fmt.Errorf("campaign: set a picture of %s: %w", slug, err)
	}
	if c.State != game.StateDraft {
		s.Announce(ctx)
	}
	return nil
}
