-- Shadows of campaigns, on which a draft is played; what was rehearsed on them; figures by the minute.
-- +goose Up
ALTER TABLE campaigns ADD COLUMN shadow_of text NOT NULL DEFAULT ('');
ALTER TABLE campaigns ADD COLUMN expires_at datetime NULL;
CREATE INDEX campaign_shadow_of_created_at_id ON campaigns (shadow_of, created_at, id);

CREATE TABLE rehearsals (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    version integer NOT NULL DEFAULT (0),
    at datetime NOT NULL,
    "by" text NOT NULL,
    result text NOT NULL
);
CREATE INDEX rehearsal_campaign_id ON rehearsals (campaign, id);

CREATE TABLE samples (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    at datetime NOT NULL,
    players integer NOT NULL DEFAULT (0),
    wins integer NOT NULL DEFAULT (0),
    redemptions integer NOT NULL DEFAULT (0),
    draws integer NULL,
    taken json NOT NULL
);
CREATE UNIQUE INDEX sample_campaign_at ON samples (campaign, at);
