package game_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestNotices(t *testing.T) {
	full := strings.Repeat("福", game.MaxNotice)
	for _, test := range []struct {
		name string
		s    game.Switches
		want game.Switches
		bad  []game.Field
	}{
		{name: "none", s: game.Switches{ShakingPaused: true}, want: game.Switches{ShakingPaused: true}},
		{
			name: "one line, in the language that there is",
			s:    game.Switches{ShakingPaused: true, ShakingNotice: game.Text{"en": "  A fault.\n Back at  8. ", "zh": " "}},
			want: game.Switches{ShakingPaused: true, ShakingNotice: game.Text{"en": "A fault. Back at 8."}},
		},
		{
			name: "of what goes on",
			s:    game.Switches{ShakingPaused: true, RedemptionNotice: game.Text{"zh": full}},
			want: game.Switches{ShakingPaused: true},
		},
		{name: "as long as may be", s: game.Switches{RedemptionPaused: true, RedemptionNotice: game.Text{"zh": full}}, want: game.Switches{RedemptionPaused: true, RedemptionNotice: game.Text{"zh": full}}},
		{
			name: "too long, and of a language that the game does not speak",
			s:    game.Switches{RedemptionPaused: true, RedemptionNotice: game.Text{"zh": full + "福", "fr": "Une panne."}},
			bad: []game.Field{
				{Name: "redemption_notice.fr", Reason: game.ReasonUnknown, Want: "en, zh"},
				{Name: "redemption_notice.zh", Reason: game.ReasonRange, Want: "0..100"},
			},
		},
	} {
		got, err := test.s.Clean()
		if diff := cmp.Diff(test.bad, game.FieldsOf(err)); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", test.name, diff)
		}
		if diff := cmp.Diff(test.want, got); err == nil && diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
