package campaign

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// Imported says what a file brought in, or would bring in.
type Imported struct {
	Campaign game.Campaign
	Created  bool     // as a draft
	Changed  []string // the fields that a campaign of that slug had otherwise, as game.Campaign.Differs names them
	Version  int      // the number under which the version was saved; 0: the newest is just so
}

// Import brings in what a file describes: a slug that is new becomes a draft, a campaign that is there
// is edited and gets a new version, where the file has anything new. A trial writes nothing. Errors
// of fields are *FileError.
// Codes: those of Create, Edit and SaveVersion.
func (s *Service) Import(ctx context.Context, d Draft, trial bool, by game.StaffID) (Imported, error) {
	if d.Campaign.Theme == "" {
		d.Campaign.Theme = game.DefaultTheme
	}
	if err := s.check(d.Campaign); err != nil {
		return Imported{}, d.Locate(err)
	}
	if err := d.Version.Check(); err != nil {
		return Imported{}, d.Locate(err)
	}
	there, err := s.Book.Campaign(ctx, d.Campaign.Slug)
	switch {
	case game.CodeOf(err) == game.CodeCampaignUnknown:
		done := Imported{Campaign: d.Campaign, Created: true, Version: 1}
		if !trial {
			if done.Campaign, err = s.create(ctx, d.Campaign, d.Version, d.Comment, by); err == nil {
				err = s.loadCodes(ctx, done.Campaign.ID, d.Codes, by)
			}
			return done, d.Locate(err)
		}
		return done, nil
	case err != nil:
		return Imported{}, err
	}
	done, err := s.importInto(ctx, there, d, trial, by)
	if err == nil && !trial {
		err = s.loadCodes(ctx, there.ID, d.Codes, by)
	}
	return done, d.Locate(err)
}

// loadCodes adds to the codes of vouchers those that they do not have yet.
func (s *Service) loadCodes(ctx context.Context, id game.CampaignID, codes map[game.OutcomeID][]string, by game.StaffID) error {
	for _, outcome := range slices.Sorted(maps.Keys(codes)) {
		if _, err := s.Book.LoadCodes(ctx, id, outcome, codes[outcome], by); err != nil {
			return fmt.Errorf("campaign: load the codes of %s: %w", outcome, err)
		}
	}
	return nil
}

// importInto brings a file into a campaign that is there.
func (s *Service) importInto(ctx context.Context, there game.Campaign, d Draft, trial bool, by game.StaffID) (Imported, error) {
	versions, err := s.Book.Versions(ctx, there.ID)
	if err != nil {
		return Imported{}, err
	}
	written, err := s.write(there.ID, d.Version, d.Comment, by)
	if err != nil {
		return Imported{}, err
	}
	done := Imported{Campaign: there, Changed: there.Differs(d.Campaign)}
	e := game.Edit{Campaign: d.Campaign, Revision: there.Revision, After: len(versions), By: by, Reason: d.Comment}
	if e.After == 0 || versions[e.After-1].Hash != written.Hash {
		e.Version, done.Version = &written, e.After+1
	}
	if trial || len(done.Changed) == 0 && e.Version == nil {
		return done, there.CheckEdit(d.Campaign)
	}
	done.Campaign, err = s.edit(ctx, there, e)
	return done, err
}

// Export writes a campaign and one of its versions as a file; number 0 is the newest.
// Codes: campaign_unknown, version_unknown.
func (s *Service) Export(ctx context.Context, slug string, number int) ([]byte, error) {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return nil, err
	}
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	if number == 0 {
		number = len(versions)
	}
	if number < 1 || number > len(versions) {
		return nil, game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	v := versions[number-1]
	return WriteFile(c, v.Version, v.Comment)
}
