package campaign

import (
	"bytes"
	"encoding/binary"
	"image"
)

// upright is the orientation of a picture that is stored as it is seen.
const upright = 1

// orientation gives how a JPEG file is to be turned, as its Exif says: 1 to 8, where those from 5 on
// exchange width and height. A phone stores what its sensor sees and leaves the turning to who shows it.
// A file that says nothing, or nothing that can be read, is upright. JPEG: ITU T.81 B.1.1; Exif 2.32, 4.5
// and 4.6.
func orientation(file []byte) int {
	rest, ok := bytes.CutPrefix(file, []byte{0xff, 0xd8})
	for ok && len(rest) >= 4 && rest[0] == 0xff {
		marker, length := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if marker == 0xff { // fill
			rest = rest[1:]
			continue
		}
		if marker == 0xda || length < 2 || len(rest) < 2+length { // the scan begins: Exif comes before
			break
		}
		if exif, found := bytes.CutPrefix(rest[4:2+length], []byte("Exif\x00\x00")); marker == 0xe1 && found {
			return exifOrientation(exif)
		}
		rest = rest[2+length:]
	}
	return upright
}

// exifOrientation reads the tag of a TIFF structure's first directory.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	const orientationTag, short, entrySize = 0x0112, 3, 12
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entrySize {
			break
		}
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == short {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			break
		}
		entries = entries[entrySize:]
	}
	return upright
}

// turned says whether an orientation exchanges width and height.
func turned(orientation int) bool { return orientation >= 5 }

// turn gives a picture as it is to be seen.
func turn(from *image.NRGBA, orientation int) *image.NRGBA {
	if orientation == upright {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if turned(orientation) {
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewNRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			fromX, fromY := x, y
			if turned(orientation) {
				fromX, fromY = y, x
			}
			switch orientation {
			case 2, 3, 7, 8:
				fromX = w - 1 - fromX
			}
			switch orientation {
			case 3, 4, 6, 7:
				fromY = h - 1 - fromY
			}
			copy(to.Pix[to.PixOffset(x, y):][:4], from.Pix[from.PixOffset(fromX, fromY):])
		}
	}
	return to
}
