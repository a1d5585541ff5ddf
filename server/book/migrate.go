package book

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"entgo.io/ent/dialect/sql"
	"github.com/pressly/goose/v3"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/setting"
	"github.com/fivefold/fivefold/ent/migrations"
)

// Migrate applies the migrations that the database lacks, and makes the first epoch. Two processes
// may do it at once.
func (b *Book) Migrate(ctx context.Context) error {
	p, err := b.migrator()
	if err != nil {
		return err
	}
	if err := up(ctx, p); err != nil {
		return b.failed("migrate", err)
	}
	return b.change(ctx, "make the settings", func(tx *db.Client) error {
		return tx.Setting.Create().SetID(settingID).SetEpoch(newEpoch()).
			OnConflict(sql.ConflictColumns(setting.FieldID), sql.ResolveWithIgnore()).Exec(ctx)
	})
}

// up applies what is pending. One that fails may have been applied by another process at this
// moment, where the database has no lock against that: then there is progress, and it goes on.
func up(ctx context.Context, p *goose.Provider) error {
	for {
		before, err := p.GetDBVersion(ctx)
		if err != nil {
			return err
		}
		if _, err = p.Up(ctx); err == nil {
			return nil
		}
		after, errAfter := p.GetDBVersion(ctx)
		if errAfter != nil || after == before {
			return errors.Join(err, errAfter)
		}
	}
}

// CheckMigrations gives an error that names the migrations which the database lacks, or has and
// this program does not know.
func (b *Book) CheckMigrations(ctx context.Context) error {
	p, err := b.migrator()
	if err != nil {
		return err
	}
	statuses, err := p.Status(ctx)
	if err != nil {
		return b.failed("check the migrations", err)
	}
	newest, err := p.GetDBVersion(ctx)
	if err != nil {
		return b.failed("check the migrations", err)
	}
	var pending []string
	known := int64(0)
	for _, s := range statuses {
		known = max(known, s.Source.Version)
		if s.State == goose.StatePending {
			pending = append(pending, s.Source.Path)
		}
	}
	switch {
	case newest > known:
		return fmt.Errorf("book: the database is at migration %d, this program knows them up to %d: use a newer program", newest, known)
	case len(pending) > 0:
		return fmt.Errorf("book: the database lacks the migrations %s", strings.Join(pending, ", "))
	}
	return nil
}

func (b *Book) migrator() (*goose.Provider, error) {
	folder, dialect, options, err := b.engine.migrations()
	if err != nil {
		return nil, fmt.Errorf("book: migrations: %w", err)
	}
	files, err := fs.Sub(migrations.Files, folder)
	if err != nil {
		return nil, fmt.Errorf("book: migrations: %w", err)
	}
	// Migrations of a kind are made side by side, so one may come that has a lower number than what is applied.
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	p, err := goose.NewProvider(dialect, b.write, files, options...)
	if err != nil {
		return nil, fmt.Errorf("book: migrations: %w", err)
	}
	return p, nil
}
