-- Counts of entries, so that a page need not read them all. The first count takes in what is there.
-- +goose Up
ALTER TABLE settings ADD COLUMN tallied integer NOT NULL DEFAULT (0);

CREATE TABLE tallies (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    version integer NOT NULL DEFAULT (0),
    kind text NOT NULL,
    outcome text NOT NULL DEFAULT (''),
    raw text NOT NULL DEFAULT (''),
    ends bool NOT NULL DEFAULT (false),
    count integer NOT NULL,
    firsts integer NOT NULL
);
CREATE UNIQUE INDEX tally_campaign_version_kind_outcome_raw_ends ON tallies (campaign, version, kind, outcome, raw, ends);
