package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/theme"
)

func campaignCommand() *cli.Command {
	return &cli.Command{
		Name:  "campaign",
		Usage: "campaigns as YAML files, so that they can live in git",
		Commands: []*cli.Command{
			{
				Name:      "export",
				Usage:     "write a campaign and a version of it as a file to standard output",
				ArgsUsage: "SLUG",
				Flags: append(storeFlags(),
					&cli.IntFlag{Name: "version", Usage: "the number of the version; 0: the newest"},
				),
				Action: func(ctx context.Context, c *cli.Command) error {
					if c.Args().Len() != 1 {
						return errors.New("campaign export: name one SLUG")
					}
					return exportCampaign(ctx, configOf(c), os.Stdout, c.Args().First(), c.Int("version"))
				},
			},
			{
				Name:      "import",
				Usage:     "bring in a file: a new campaign as a draft, or a new version and the texts of one that is there; FILE may be -",
				ArgsUsage: "FILE",
				Flags: append(storeFlags(),
					&cli.StringFlag{Name: "slug", Usage: "the campaign's address instead of the file's"},
					&cli.BoolFlag{Name: "dry-run", Usage: "say what would be done, and do nothing"},
					&cli.StringFlag{Name: "as", Usage: "LOGIN of who does it, for the record; empty: the system"},
				),
				Action: func(ctx context.Context, c *cli.Command) error {
					if c.Args().Len() != 1 {
						return errors.New("campaign import: name one FILE")
					}
					return importCampaign(ctx, configOf(c), os.Stdout, importing{
						file: c.Args().First(), slug: c.String("slug"), trial: c.Bool("dry-run"), as: c.String("as"),
					})
				},
			},
		},
	}
}

// exportCampaign writes a campaign as a file.
func exportCampaign(ctx context.Context, c config, out io.Writer, slug string, number int) error {
	b, err := openBook(ctx, c)
	if err != nil {
		return err
	}
	file, err := (&campaign.Service{Book: b}).Export(ctx, slug, number)
	if err == nil {
		_, err = out.Write(file)
	}
	if err != nil {
		err = fmt.Errorf("campaign export: %s: %w", slug, err)
	}
	return errors.Join(err, b.Close())
}

// importing is what an import was asked for.
type importing struct {
	file, slug, as string
	trial          bool
}

// importCampaign brings in a file and says what it did.
func importCampaign(ctx context.Context, c config, out io.Writer, i importing) error {
	text, err := readFileOrInput(i.file)
	if err != nil {
		return fmt.Errorf("campaign import: %w", err)
	}
	b, err := openBook(ctx, c)
	if err != nil {
		return err
	}
	done, err := i.into(ctx, c, b, text)
	if err != nil {
		err = fmt.Errorf("campaign import: %s", explainFile(i.file, err))
	} else {
		_, err = io.WriteString(out, i.tell(done))
	}
	return errors.Join(err, b.Close())
}

func readFileOrInput(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, campaign.MaxFile+1))
	}
	return os.ReadFile(name)
}

func (i importing) into(ctx context.Context, c config, b *book.Book, text []byte) (campaign.Imported, error) {
	now, err := b.Now(ctx)
	if err != nil {
		return campaign.Imported{}, err
	}
	draft, err := campaign.ReadDraft(text, now)
	if err != nil {
		return campaign.Imported{}, err
	}
	if i.slug != "" {
		draft.Campaign.Slug = i.slug
	}
	var by game.StaffID
	if i.as != "" {
		person, err := b.StaffByLogin(ctx, i.as)
		if err != nil {
			return campaign.Imported{}, fmt.Errorf("--as %s: %w", i.as, err)
		}
		by = person.ID
	}
	all, err := theme.All(themes())
	if err != nil {
		return campaign.Imported{}, err
	}
	service := &campaign.Service{
		Book: b, Documents: fairness.Document, Themes: namesOf(all),
		Announce: func(context.Context) {}, // servers look at the campaigns by themselves every second
	}
	if !i.trial {
		if _, err := os.Stat(filepath.Join(c.DataDir, "secret")); err == nil {
			c.Dev = true // the data folder of a developer's server, which has its secret with it
		}
		secret, err := c.secret()
		if err != nil {
			return campaign.Imported{}, err
		}
		if service.Keys, err = fairness.NewKeys(secret); err != nil {
			return campaign.Imported{}, err
		}
	}
	return service.Import(ctx, draft, i.trial, by)
}

// tell says in words what an import did, or would do.
func (i importing) tell(done campaign.Imported) string {
	would := ""
	if i.trial {
		would = "would have "
	}
	var said []string
	switch {
	case done.Created:
		said = append(said, fmt.Sprintf("%smade the draft %s with version 1", would, done.Campaign.Slug))
	case len(done.Changed) == 0 && done.Version == 0:
		said = append(said, fmt.Sprintf("%s is just so already; nothing was changed", done.Campaign.Slug))
	default:
		if len(done.Changed) > 0 {
			said = append(said, fmt.Sprintf("%schanged %s of %s", would, strings.Join(done.Changed, ", "), done.Campaign.Slug))
		}
		if done.Version > 0 {
			said = append(said, fmt.Sprintf("%ssaved version %d of %s, which is not published", would, done.Version, done.Campaign.Slug))
		}
	}
	return strings.Join(said, "\n") + "\n"
}

// explainFile writes what is wrong with a file: a line for each place.
func explainFile(file string, err error) string {
	var located *campaign.FileError
	if !errors.As(err, &located) {
		return err.Error()
	}
	said := []string{fmt.Sprintf("%s is not right:", file)}
	for _, f := range located.Faults {
		what := rest.Explain(f.Field, "en")
		if f.Text != "" {
			what = f.Text
		}
		said = append(said, fmt.Sprintf("  %s:%d: %s %s", file, f.Line, f.Name, what))
	}
	return strings.Join(said, "\n")
}
