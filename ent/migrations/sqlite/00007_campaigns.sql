-- Campaigns are edited: the revision tells two people who do so at once apart. Pictures of their own.
-- +goose Up
ALTER TABLE campaigns ADD COLUMN revision integer NOT NULL DEFAULT (1);
CREATE TABLE campaign_arts (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    place text NOT NULL,
    hash text NOT NULL,
    media_type text NOT NULL,
    content blob NOT NULL,
    saved_at datetime NOT NULL,
    CONSTRAINT campaign_arts_campaigns_art FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION
);
CREATE UNIQUE INDEX campaignart_campaign_place ON campaign_arts (campaign, place);
CREATE INDEX campaignart_hash ON campaign_arts (hash);
-- The list of campaigns, the newest first, a page at a time.
CREATE INDEX campaign_created_at_id ON campaigns (created_at, id);
CREATE INDEX campaign_state_created_at_id ON campaigns (state, created_at, id);
