package pick

import (
	"encoding/binary"

	"github.com/fivefold/fivefold/server/game"
)

// label separates these messages from all others that a seed may ever sign.
const label = "fivefold/draw/v1"

// perBlock is how many chances share an HMAC: 64 bits of its 256 each.
const perBlock = 4

// lanes computes the numbers of one identity's chances in one window, four to an HMAC. It is
// the buffers of a call, used by one goroutine at a time.
type lanes struct {
	mac    *mac
	prefix []byte // the message up to its last part
	number [12]byte
	block  int // that digest is of; -1: none
	digest [32]byte
}

func newLanes() *lanes { return &lanes{mac: newMAC(), prefix: make([]byte, 0, 256)} }

// start sets the parts of the message that all chances of the window share.
func (l *lanes) start(key *macKey, id Identity, round, window int) {
	p := game.LP(l.prefix[:0]).Text(label).Text(string(id.Campaign)).Text(string(id.Player))
	p = p.Bytes(id.ClientSeed[:]).Number(int64(round)).Number(int64(window))
	l.prefix, l.block = p, -1
	l.mac.start(key, p)
}

// x gives the number of an index of the window.
func (l *lanes) x(index int) uint64 {
	block, lane := (index-1)/perBlock, (index-1)%perBlock
	if block != l.block {
		l.mac.finish(game.LP(l.number[:0]).Number(int64(block)), &l.digest)
		l.block = block
	}
	return binary.BigEndian.Uint64(l.digest[8*lane:])
}

// hitBefore says whether a chance before index in its block of the guarantee was no miss.
func (l *lanes) hitBefore(t *Table, index int) bool {
	for i := t.begins(index); i < index; i++ {
		if t.Outcome(l.x(i)) != game.Miss {
			return true
		}
	}
	return false
}
