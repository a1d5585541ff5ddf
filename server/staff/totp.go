package staff

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 6238: what authenticator apps speak; as an HMAC it is sound
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// The parameters of codes (RFC 6238) are those that every authenticator app takes for granted.
const (
	codeStep   = 30 * time.Second
	codeDigits = 6
	codeRange  = 1_000_000
	codeSecret = 20 // bytes; RFC 4226 recommends 160 bits
	codeDrift  = 1  // steps that a phone's clock may be early or late
)

// stepAt gives the number of the time step of a moment.
func stepAt(t time.Time) int64 { return t.Unix() / int64(codeStep/time.Second) }

// codeAt gives the code of a secret at a time step: HOTP of RFC 4226, section 5.3.
func codeAt(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step))) // steps count from 1970 on
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, n%codeRange)
}

// stepOf finds the step of which a code is, near a moment. Every step is looked at, so that the
// time taken tells nothing.
func stepOf(secret []byte, code string, now time.Time) (int64, bool) {
	found, ok := int64(0), false
	for step := stepAt(now) - codeDrift; step <= stepAt(now)+codeDrift; step++ {
		if subtle.ConstantTimeCompare([]byte(codeAt(secret, step)), []byte(code)) == 1 {
			found, ok = step, true
		}
	}
	return found, ok
}

var base32Text = base32.StdEncoding.WithPadding(base32.NoPadding)

// issuer is what apps show beside a login.
const issuer = "Fivefold"

// otpauth gives the address that a QR code hands to an app.
func otpauth(login, key string) string {
	query := url.Values{"secret": {key}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?" + query.Encode()
}
