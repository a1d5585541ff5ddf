package measure

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fivefold/fivefold/server/api"
)

// browser is what a browser's requests carry; servers pay for reading it.
const browser = "Host: play.example.org\r\n" +
	"User-Agent: Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36\r\n" +
	"Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n" +
	"Origin: https://play.example.org\r\nReferer: https://play.example.org/\r\n" +
	"Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\n"

// player is who plays in a load, and which chance is next.
type player struct {
	token string
	index int    // of the campaign in which chances win
	to    []byte // the last message, kept for its room
}

// get appends a request without a body to dst.
func get(dst []byte, path, token string) []byte {
	dst = append(append(append(dst, "GET "...), path...), " HTTP/1.1\r\n"+browser...)
	return append(authorize(dst, token), "\r\n"...)
}

// post appends a request with a body to dst.
func post(dst []byte, path, token string, body []byte) []byte {
	dst = append(append(append(dst, "POST "...), path...), " HTTP/1.1\r\n"+browser...)
	dst = append(authorize(dst, token), "Content-Type: application/json\r\n"...)
	dst = fmt.Appendf(dst, "Content-Length: %d\r\n\r\n", len(body))
	return append(dst, body...)
}

func authorize(dst []byte, token string) []byte {
	if token == "" {
		return dst
	}
	return append(append(append(dst, "Authorization: Bearer "...), token...), "\r\n"...)
}

// draw gives the player's request for some chances of the one window that there is.
func (p *player) draw(slug string, index, taps int) []byte {
	body := fmt.Appendf(nil, `{"round":1,"window":1,"index":%d,"taps":%d}`, index, taps)
	p.to = post(p.to[:0], api.DrawsPath(slug), p.token, body)
	return p.to
}

// newPlayer gives a request for a player that nobody has made before.
func newPlayer(dst []byte) []byte {
	random := make([]byte, 64)
	_, _ = rand.Read(random) // it never fails
	body := fmt.Appendf(nil, `{"client_seed":"%s","secret":"%s","locale":"zh"}`,
		hex.EncodeToString(random[:32]), hex.EncodeToString(random[32:]))
	return post(dst[:0], api.PlayersPath(), "", body)
}

// succeeded refuses an answer that is no success.
func succeeded(line, body []byte) error {
	if strings.HasPrefix(string(line), "HTTP/1.1 20") {
		return nil
	}
	return fmt.Errorf("measure: the server answered %s: %s", line, body)
}

// drawn checks the first answer of each client, by whether all chances counted and so many won.
func drawn(taps, won int) func(client int, first bool, body []byte) error {
	return func(_ int, first bool, body []byte) error {
		if !first {
			return nil
		}
		var d api.Drawn
		if err := json.Unmarshal(body, &d); err != nil {
			return fmt.Errorf("measure: the answer of a draw: %w", err)
		}
		if d.Counted != taps || len(d.Outcomes) != won {
			return fmt.Errorf("measure: of %d chances %d counted and %d won, not %d", taps, d.Counted, len(d.Outcomes), won)
		}
		return nil
	}
}
