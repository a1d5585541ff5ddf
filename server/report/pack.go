package report

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// readme explains a pack to who gets it, in both languages.
//
//go:embed readme
var readme embed.FS

// packTime stands in every entry of an archive: the time at which it was made would make two of one
// state differ.
var packTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// pack is an archive that is being written.
type pack struct {
	zip  *zip.Writer
	sums bytes.Buffer // as sha256sum writes them
}

// Pack writes the regulator's pack, and records that it was taken out. A pack of a campaign that
// is not sealed is of the moment, and says so.
func (s *Service) Pack(ctx context.Context, w io.Writer, c game.Campaign, by game.StaffID) error {
	if err := s.note(ctx, c, game.ReportPack, by); err != nil {
		return err
	}
	p := &pack{zip: zip.NewWriter(w)}
	name, err := s.public(ctx, p, c)
	if err != nil {
		return err
	}
	for _, file := range []struct {
		name  string
		write func(context.Context, *table) error
	}{{"redemptions.csv", s.redemptions}, {"payouts.csv", s.payouts}, {"corrections.csv", s.corrections}} {
		err := p.add(file.name, func(w io.Writer) error {
			return file.write(ctx, &table{out: w, campaign: c, name: name})
		})
		if err != nil {
			return err
		}
	}
	sums := p.sums.Bytes()
	if err := p.add("SHA256SUMS", func(w io.Writer) error { return put(w, sums) }); err != nil {
		return err
	}
	if err := p.zip.Close(); err != nil {
		return fmt.Errorf("report: end the pack: %w", err)
	}
	return nil
}

// add writes a file and notes its hash.
func (p *pack) add(name string, write func(io.Writer) error) error {
	file, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: packTime})
	if err != nil {
		return fmt.Errorf("report: begin %s: %w", name, err)
	}
	sum := sha256.New()
	if err := write(io.MultiWriter(file, sum)); err != nil {
		return fmt.Errorf("report: write %s: %w", name, err)
	}
	fmt.Fprintf(&p.sums, "%x  %s\n", sum.Sum(nil), name)
	return nil
}

func put(w io.Writer, b []byte) error {
	_, err := w.Write(b)
	return err
}

// public writes all that names nobody, and gives the names under which players stand in the rest:
// their key comes from what is public, so every state of a campaign has another.
func (s *Service) public(ctx context.Context, p *pack, c game.Campaign) (func(game.PlayerID) string, error) {
	figures, err := s.Book.Figures(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("report: count the campaign: %w", err)
	}
	state := sha256.New()
	add := func(name string, content []byte) error {
		fmt.Fprintf(state, "%d %s %d ", len(name), name, len(content))
		return p.add(name, func(w io.Writer) error { return put(io.MultiWriter(w, state), content) })
	}
	files, err := s.files(ctx, c, figures)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := add(f.name, f.content); err != nil {
			return nil, err
		}
	}
	return s.pseudonyms(c, state)
}

// pseudonyms gives the names of players in a pack: HMAC-SHA256 of the player's id, shortened to 128
// bits, under a key that is derived from the installation's secret and the state of the pack.
func (s *Service) pseudonyms(c game.Campaign, state hash.Hash) (func(game.PlayerID) string, error) {
	key, err := s.Keys.Derive("fivefold/pack/v1/" + string(c.ID) + "/" + hex.EncodeToString(state.Sum(nil)))
	if err != nil {
		return nil, fmt.Errorf("report: make the pack's key: %w", err)
	}
	return func(p game.PlayerID) string {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(p))
		return hex.EncodeToString(mac.Sum(nil)[:16])
	}, nil
}

// file is a small file of a pack, of which there are few.
type file struct {
	name    string
	content []byte
}

func (s *Service) files(ctx context.Context, c game.Campaign, figures game.Figures) ([]file, error) {
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("report: read versions: %w", err)
	}
	commitments, err := s.Book.Commitments(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("report: read commitments: %w", err)
	}
	settlement, settled, err := s.Book.Settlement(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("report: read the settlement: %w", err)
	}
	var files []file
	for _, name := range []string{"README.en.md", "README.zh.md"} {
		text, err := readme.ReadFile("readme/" + name)
		if err != nil {
			return nil, fmt.Errorf("report: read the readme: %w", err)
		}
		files = append(files, file{name, text})
	}
	for _, lang := range []string{"en", "zh"} {
		files = append(files, file{"rules." + lang + ".txt", []byte(c.Rules[lang])})
	}
	sheets := []struct {
		name  string
		write func(context.Context, *table) error
	}{
		{"versions.csv", func(_ context.Context, t *table) error { return s.versions(t, versions) }},
		{"stock.csv", func(_ context.Context, t *table) error { return stock(t, versions, figures) }},
		{"commitments.csv", func(_ context.Context, t *table) error { return committed(t, commitments) }},
		{"issues.csv", s.issues},
	}
	for _, sheet := range sheets {
		var content bytes.Buffer
		if err := sheet.write(ctx, &table{out: &content, campaign: c}); err != nil {
			return nil, err
		}
		files = append(files, file{sheet.name, content.Bytes()})
	}
	for _, v := range versions {
		files = append(files, file{versionFile(v.Number), []byte(v.Document)})
	}
	documents := map[string]any{"campaign.json": c, "figures.json": map[string]any{
		"players": figures.Players, "wins": figures.Wins, "issued": figures.Issued, "sold_out": figures.SoldOut, "redemptions": figures.Redemptions,
	}}
	if settled {
		documents["settlement.json"] = shares(settlement, c)
	}
	for _, name := range []string{"campaign.json", "figures.json", "settlement.json"} {
		if documents[name] == nil {
			continue
		}
		text, err := json.MarshalIndent(documents[name], "", "  ")
		if err != nil {
			return nil, fmt.Errorf("report: write %s: %w", name, err)
		}
		files = append(files, file{name, append(text, '\n')})
	}
	return files, nil
}

func versionFile(n int) string { return "versions/" + fmt.Sprintf("%04d", n) + ".json" }

// settlementFile is the settlement as a pack has it. Amounts are minor units.
type settlementFile struct {
	Pool        int64     `json:"pool"`
	Currency    string    `json:"currency"`
	Split       string    `json:"split"` // as it was done
	Floor       int64     `json:"floor,omitempty"`
	Cap         int64     `json:"cap,omitempty"`
	Redemptions int64     `json:"redemptions"`
	Share       int64     `json:"share"`
	Leftover    int64     `json:"leftover"` // so many of the order's first get one unit more
	Overflow    int64     `json:"overflow"`
	Root        string    `json:"root,omitempty"`    // of a random split
	Weights     int64     `json:"weights,omitempty"` // the sum of all
	SettledAt   time.Time `json:"settled_at"`
}

func shares(s game.Settlement, c game.Campaign) settlementFile {
	return settlementFile{
		Pool: c.Pool.Amount, Currency: c.Pool.Currency, Split: string(s.Split), Floor: c.Pool.Floor, Cap: c.Pool.Cap,
		Root: s.Root, Weights: s.Weights, Redemptions: s.Shares.Redemptions, Share: s.Shares.Share,
		Leftover: s.Shares.Leftover, Overflow: s.Shares.Overflow, SettledAt: s.SettledAt.UTC(),
	}
}

// versions lists every version that was saved, also those that were never published.
func (s *Service) versions(t *table, versions []game.SavedVersion) error {
	err := t.begin("version", "file", "sha256", "saved_at_utc", "published_at_utc", "published_at_local",
		"governs_from_utc", "governs_from_local", "comment", "exception_en", "exception_zh")
	if err != nil {
		return err
	}
	for _, v := range versions {
		saved, _ := t.times(v.SavedAt)
		published, publishedLocal := t.times(v.PublishedAt)
		from, fromLocal := "", ""
		if !v.PublishedAt.IsZero() {
			at, _ := v.EffectiveFrom(v.PublishedAt, s.Lead)
			from, fromLocal = t.times(at)
		}
		err := t.sheet.Row(strconv.Itoa(v.Number), versionFile(v.Number), v.Hash, saved, published, publishedLocal, from, fromLocal,
			v.Comment, v.Exception["en"], v.Exception["zh"])
		if err != nil {
			return err
		}
	}
	return t.sheet.Flush()
}

// stock sets the timetable of each published version beside what was taken in all.
func stock(t *table, versions []game.SavedVersion, figures game.Figures) error {
	err := t.begin("version", "outcome", "total", "released_at_utc", "released_at_local", "released", "taken_in_all")
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.PublishedAt.IsZero() {
			continue
		}
		for _, s := range v.Stocks {
			steps := s.Releases
			if len(steps) == 0 {
				steps = []game.Release{{Released: s.Total}} // from the beginning
			}
			for _, step := range steps {
				utc, local := t.times(step.At)
				err := t.sheet.Row(strconv.Itoa(v.Number), string(s.Outcome), number(s.Total), utc, local,
					number(step.Released), number(figures.Taken[s.Outcome]))
				if err != nil {
					return err
				}
			}
		}
	}
	return t.sheet.Flush()
}

func committed(t *table, commitments []game.Commitment) error {
	if err := t.begin("round", "sha256", "seed"); err != nil {
		return err
	}
	for _, c := range commitments {
		if err := t.sheet.Row(strconv.Itoa(c.Round), c.Hash, c.Seed); err != nil {
			return err
		}
	}
	return t.sheet.Flush()
}
