package game

import "encoding/binary"

// LP is a message of length-prefixed parts: each part is its length as a big-endian uint32 and
// its bytes, so that no two lists of parts give the same message. What is hashed or signed in
// Fivefold is such a message, and its first part names its purpose.
type LP []byte

// Text appends a part of UTF-8 text.
func (m LP) Text(s string) LP {
	return append(binary.BigEndian.AppendUint32(m, uint32(len(s))), s...)
}

// Bytes appends a part of raw bytes.
func (m LP) Bytes(b []byte) LP {
	return append(binary.BigEndian.AppendUint32(m, uint32(len(b))), b...)
}

// Number appends a part of a number: eight bytes, big-endian.
func (m LP) Number(n int64) LP {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(m, 8), uint64(n))
}
