package book

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/publication"
	"github.com/fivefold/fivefold/server/game"
)

// stopPublication ends the publication of a version that waits, if one does, since the rules refuse it.
func (b *Book) stopPublication(ctx context.Context, tx *db.Client, id game.CampaignID, number int, why game.Code, now time.Time) error {
	p, err := waitingPublication(ctx, tx, id)
	if err != nil || p == nil || p.Version != number {
		return err
	}
	p.State, p.Failure, p.EndedAt = game.PublicationFailed, why, now
	if err := savePublication(ctx, tx, *p); err != nil {
		return err
	}
	act := game.Act{Action: game.ActionPlanFailed, Campaign: id, Subject: strconv.Itoa(number), Reason: string(why)}
	return b.record(ctx, tx, act, nil, nil)
}

// waitingPublication gives the publication of a campaign that waits; nil where none does.
func waitingPublication(ctx context.Context, tx *db.Client, id game.CampaignID) (*game.Publication, error) {
	row, err := tx.Publication.Query().Where(publication.Campaign(id), publication.StateEQ(game.PublicationWaits)).Only(ctx)
	if db.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the publication that waits: %w", err)
	}
	p := publicationOf(row)
	return &p, nil
}

func savePublication(ctx context.Context, tx *db.Client, p game.Publication) error {
	err := tx.Publication.UpdateOneID(p.ID).SetState(p.State).SetFailure(p.Failure).
		SetEndedAt(p.EndedAt).SetEndedBy(p.EndedBy).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keep a publication: %w", err)
	}
	return nil
}

// Publications gives a campaign's publications at a time, the newest first.
func (b *Book) Publications(ctx context.Context, id game.CampaignID) ([]game.Publication, error) {
	rows, err := b.reader.Publication.Query().Where(publication.Campaign(id)).Order(publication.ByID(sql.OrderDesc())).All(ctx)
	if err != nil {
		return nil, b.failed("read publications", err)
	}
	all := make([]game.Publication, len(rows))
	for i, row := range rows {
		all[i] = publicationOf(row)
	}
	return all, nil
}

func publicationOf(r *db.Publication) game.Publication {
	return game.Publication{
		ID: r.ID, Campaign: r.Campaign, Version: r.Version, At: r.At.UTC(), Due: r.Due.UTC(), By: r.By, MadeAt: r.MadeAt.UTC(),
		State: r.State, Failure: r.Failure, EndedAt: orZero(r.EndedAt), EndedBy: r.EndedBy,
	}
}

// PlanPublication keeps the order to publish a version at a time, which check may refuse; it runs under
// the campaign's gate, on the version as it would be published now. dueAt gives when it is due, and false
// where no window is left. Codes: campaign_unknown, version_unknown and those of check.
func (b *Book) PlanPublication(ctx context.Context, p game.Publication,
	check func(c game.Candidate, waiting *game.Publication) (due time.Time, err error)) (game.Publication, error) {
	err := b.change(ctx, "plan a publication", func(tx *db.Client) error {
		c, now, err := b.closeGate(ctx, tx, p.Campaign)
		if err != nil {
			return err
		}
		row, err := versionRow(ctx, tx, p.Campaign, p.Version)
		if err != nil {
			return err
		}
		next, err := savedVersionOf(row)
		if err != nil {
			return err
		}
		candidate, err := b.candidate(ctx, tx, c, next, now)
		if err != nil {
			return err
		}
		waiting, err := waitingPublication(ctx, tx, p.Campaign)
		if err != nil {
			return err
		}
		if p.Due, err = check(candidate, waiting); err != nil {
			return err
		}
		p.MadeAt, p.State = now, game.PublicationWaits
		kept, err := tx.Publication.Create().SetCampaign(p.Campaign).SetVersion(p.Version).SetAt(exact(p.At)).SetDue(exact(p.Due)).
			SetBy(p.By).SetMadeAt(p.MadeAt).SetState(p.State).Save(ctx)
		if err != nil {
			return err
		}
		p.ID = kept.ID
		act := game.Act{By: p.By, Action: game.ActionVersionPlanned, Campaign: p.Campaign, Subject: strconv.Itoa(p.Version)}
		return b.record(ctx, tx, act, nil, map[string]any{"at": p.At, "due": p.Due})
	})
	return p, err
}

// CancelPublication takes back the publication of a campaign that waits. Codes: campaign_unknown,
// publication_over where none waits or it is due.
func (b *Book) CancelPublication(ctx context.Context, id game.CampaignID, by game.StaffID) error {
	return b.change(ctx, "cancel a publication", func(tx *db.Client) error {
		_, now, err := b.closeGate(ctx, tx, id)
		if err != nil {
			return err
		}
		p, err := waitingPublication(ctx, tx, id)
		if err != nil {
			return err
		}
		if p == nil {
			return game.Fail(game.CodePublicationOver, "no publication waits")
		}
		if err := p.Cancel(by, now); err != nil {
			return err
		}
		if err := savePublication(ctx, tx, *p); err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionPlanCancelled, Campaign: id, Subject: strconv.Itoa(p.Version)}
		return b.record(ctx, tx, act, nil, nil)
	})
}

// DuePublications gives the publications of all campaigns that are due, each with the slug of its campaign.
func (b *Book) DuePublications(ctx context.Context) ([]game.DuePublication, error) {
	now, err := b.Now(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := b.reader.Publication.Query().Where(publication.StateEQ(game.PublicationWaits), publication.DueLTE(now)).
		WithHome().Order(publication.ByDue()).All(ctx)
	if err != nil {
		return nil, b.failed("read publications that are due", err)
	}
	due := make([]game.DuePublication, len(rows))
	for i, row := range rows {
		due[i] = game.DuePublication{Publication: publicationOf(row), Slug: row.Edges.Home.Slug}
	}
	return due, nil
}

// FailPublication ends a publication that waits, since the rules refused it when it was due.
func (b *Book) FailPublication(ctx context.Context, p game.Publication, why game.Code) error {
	return b.change(ctx, "fail a publication", func(tx *db.Client) error {
		if _, err := b.lockCampaign(ctx, tx, p.Campaign); err != nil {
			return err
		}
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		return b.stopPublication(ctx, tx, p.Campaign, p.Version, why, now)
	})
}

// donePublication ends the publication of a campaign that waits for a version that is published now,
// by its order or before it.
func (b *Book) donePublication(ctx context.Context, tx *db.Client, id game.CampaignID, number int, now time.Time) error {
	p, err := waitingPublication(ctx, tx, id)
	if err != nil || p == nil || p.Version != number {
		return err
	}
	p.State, p.EndedAt = game.PublicationDone, now
	return savePublication(ctx, tx, *p)
}
