package game

import "time"

// ArtPlace is where a campaign's own picture stands in place of its theme's.
type ArtPlace string

// The places of pictures; those of cards are their positions.
const (
	ArtCard1    ArtPlace = "1"
	ArtCard2    ArtPlace = "2"
	ArtCard3    ArtPlace = "3"
	ArtCard4    ArtPlace = "4"
	ArtCard5    ArtPlace = "5"
	ArtWildcard ArtPlace = "wildcard"
	ArtBack     ArtPlace = "back"
)

// ArtPlaces lists all places of pictures.
var ArtPlaces = []ArtPlace{ArtCard1, ArtCard2, ArtCard3, ArtCard4, ArtCard5, ArtWildcard, ArtBack}

// Art is a campaign's own picture.
type Art struct {
	Place     ArtPlace
	Hash      string // hex SHA-256 of Content; its address has it
	MediaType string // image/png or image/jpeg
	Content   []byte
	SavedAt   time.Time
}

// ArtPath is what the public addresses of pictures begin with.
const ArtPath = "/art/"

// Address gives the public address of a picture, which never shows another.
func (a Art) Address() string {
	if a.MediaType == "image/png" {
		return ArtPath + a.Hash + ".png"
	}
	return ArtPath + a.Hash + ".jpg"
}
