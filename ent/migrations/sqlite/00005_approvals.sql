-- The consent of a second person to a version, and publications at a time.
-- +goose Up
ALTER TABLE versions ADD COLUMN approved_by text NOT NULL DEFAULT ('');
ALTER TABLE versions ADD COLUMN exception json;

CREATE TABLE approvals (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    version integer NOT NULL DEFAULT (0),
    saved_by text NOT NULL,
    "by" text NOT NULL,
    at datetime NOT NULL,
    comment text NOT NULL,
    exception json,
    state text NOT NULL,
    live bool NOT NULL,
    decided_by text NOT NULL DEFAULT (''),
    decided_at datetime,
    answer text NOT NULL DEFAULT (''),
    CONSTRAINT approvals_campaigns_approvals FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION
);
CREATE UNIQUE INDEX approval_live ON approvals (campaign) WHERE live;
CREATE INDEX approval_campaign_id ON approvals (campaign, id);
CREATE INDEX approval_state_id ON approvals (state, id);

CREATE TABLE publications (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    version integer NOT NULL DEFAULT (0),
    at datetime NOT NULL,
    due datetime NOT NULL,
    "by" text NOT NULL,
    made_at datetime NOT NULL,
    state text NOT NULL,
    failure text NOT NULL DEFAULT (''),
    ended_at datetime,
    ended_by text NOT NULL DEFAULT (''),
    CONSTRAINT publications_campaigns_publications FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION
);
CREATE UNIQUE INDEX publication_waits ON publications (campaign) WHERE ended_at IS NULL;
CREATE INDEX publication_campaign_id ON publications (campaign, id);
CREATE INDEX publication_state_due ON publications (state, due);
