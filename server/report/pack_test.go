package report_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/report"
)

func takePack(t *testing.T, a *archive, s *report.Service) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := s.Pack(t.Context(), &out, a.campaign, "ann"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unpack(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestPackHoldsAll(t *testing.T) {
	a, s := newArchive(t)
	a.crowd(3)
	a.corrections = []game.Correction{{ID: 1, Player: "player00001", Kind: game.EntryGrant, Count: 2, Reason: "for Mei of Wuhan", By: "ann", State: game.CorrectionBooked, N: 4, At: at}}
	a.settlement = &game.Settlement{Campaign: "c-1", Split: game.SplitRandom, Root: strings.Repeat("0f", 32), Weights: 99, Shares: game.Shares{Redemptions: 3, Share: 3333, Leftover: 1}, SettledAt: at}
	files := unpack(t, takePack(t, a, s))
	want := []string{
		"README.en.md", "README.zh.md", "SHA256SUMS", "campaign.json", "commitments.csv", "corrections.csv", "figures.json", "issues.csv", "payouts.csv",
		"redemptions.csv", "rules.en.txt", "rules.zh.txt", "settlement.json", "stock.csv", "versions.csv", "versions/0001.json", "versions/0002.json",
	}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Errorf("files %v", got)
	}
	if files["rules.zh.txt"] != "规则。\n" || files["versions/0001.json"] != a.versions[0].Document {
		t.Error("rules or a version are not as they were")
	}
	for name, part := range map[string]string{
		"versions.csv":    "1,versions/0001.json," + a.versions[0].Hash + ",2026-02-10T15:30:00Z,2026-02-10T16:00:00Z,2026-02-11T00:00:00+08:00,2026-02-10T16:30:00Z,2026-02-11T00:30:00+08:00,'=first,The press broke.,印刷故障。\r\n",
		"stock.csv":       "1,rare,7,2026-02-10T17:30:00Z,2026-02-11T01:30:00+08:00,7,3\r\n",
		"commitments.csv": "0,aa," + strings.Repeat("bb", 32) + "\r\n1,cc,\r\n",
		"settlement.json": "\"split\": \"random\",\n  \"redemptions\": 3,\n  \"share\": 3333,\n  \"leftover\": 1,\n  \"overflow\": 0,\n  \"root\": \"" + strings.Repeat("0f", 32) + "\",\n  \"weights\": 99,",
		"campaign.json":   `"state": "sealed"`,
		"corrections.csv": ",grant,wildcard,2,,booked,4,2026-02-10T16:30:00Z,\r\n",
	} {
		if !strings.Contains(files[name], part) {
			t.Errorf("%s has no %q: %s", name, part, files[name])
		}
	}
	for name := range files { // each is explained
		if base := strings.Replace(name, "0002", "0001", 1); !strings.HasPrefix(name, "README") && (!strings.Contains(files["README.en.md"], "`"+base+"`") || !strings.Contains(files["README.zh.md"], "`"+base+"`")) {
			t.Errorf("a readme does not say what %s is", name)
		}
	}
	checkSums(t, files)
}

func checkSums(t *testing.T, files map[string]string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(files["SHA256SUMS"]), "\n")
	if len(lines) != len(files)-1 {
		t.Errorf("%d hashes of %d files", len(lines), len(files))
	}
	for _, line := range lines {
		want, name, _ := strings.Cut(line, "  ")
		if sum := sha256.Sum256([]byte(files[name])); hex.EncodeToString(sum[:]) != want {
			t.Errorf("%s has another hash", name)
		}
	}
}

// A version's hash, computed as the readme says, is what was published.
func TestPackVersionsHash(t *testing.T) {
	a, s := newArchive(t)
	files := unpack(t, takePack(t, a, s))
	var c struct{ ID string }
	if err := json.Unmarshal([]byte(files["campaign.json"]), &c); err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for _, part := range []string{"fivefold/version/v1", c.ID, files["versions/0001.json"]} {
		_ = binary.Write(h, binary.BigEndian, uint32(len(part)))
		_, _ = io.WriteString(h, part)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != a.versions[0].Hash {
		t.Errorf("%s, published was %s", got, a.versions[0].Hash)
	}
}

func TestPackIsTheSameOfTheSameState(t *testing.T) {
	a, s := newArchive(t)
	a.crowd(1500)
	first := takePack(t, a, s)
	if !bytes.Equal(first, takePack(t, a, s)) {
		t.Error("two packs of one state differ")
	}
	if a.most > 1000 {
		t.Errorf("%d rows in memory at once", a.most)
	}
}

// Names hide players, are the same within a pack, and others in the next.
func TestPackHidesPlayers(t *testing.T) {
	a, s := newArchive(t)
	a.crowd(3)
	a.corrections = []game.Correction{{ID: 1, Player: "player00001", Kind: game.EntryGrant, Count: 2, Reason: "for Mei of Wuhan", By: "ann-the-clerk", DecidedBy: "bob-the-clerk", State: game.CorrectionBooked, N: 4, At: at}}
	files := unpack(t, takePack(t, a, s))
	for name, text := range files {
		for _, secret := range []string{"player0", "Mei of", "-the-clerk"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q", name, secret)
			}
		}
	}
	name := strings.Split(strings.Split(files["redemptions.csv"], "\r\n")[2], ",")[0]
	if len(name) != 32 || strings.Count(files["payouts.csv"], name) != 2 || strings.Count(files["corrections.csv"], name) != 1 {
		t.Errorf("the name %q is not one player's in all files", name)
	}
	a.crowd(1)
	if later := unpack(t, takePack(t, a, s)); strings.Contains(later["redemptions.csv"], name) {
		t.Error("a pack of a later state has the same names")
	}
	if !strings.Contains(plain(t, a.acts), `"pack"`) {
		t.Error("who took it is not recorded")
	}
}
