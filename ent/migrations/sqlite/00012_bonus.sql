-- Bonus chances of a round that players were granted, each grant once for its key.
-- +goose Up
CREATE TABLE bonus_grants (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    round integer NOT NULL DEFAULT (0),
    chances integer NOT NULL DEFAULT (0),
    key text NOT NULL,
    reason text NOT NULL,
    granted_at datetime NOT NULL,
    granted_by text NOT NULL,
    granted integer NOT NULL DEFAULT (0),
    CONSTRAINT bonus_grants_chances CHECK (chances > 0)
);
CREATE UNIQUE INDEX bonusgrant_campaign_key ON bonus_grants (campaign, key);
CREATE INDEX bonusgrant_campaign_player_round ON bonus_grants (campaign, player, round);
