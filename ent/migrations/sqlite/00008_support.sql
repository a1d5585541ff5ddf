-- Corrections of players' books, which one person proposes and another consents to.
-- +goose Up
CREATE TABLE corrections (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    kind text NOT NULL,
    card integer NOT NULL DEFAULT (0),
    count integer NOT NULL DEFAULT (0),
    reverses integer NOT NULL DEFAULT (0),
    reason text NOT NULL,
    "by" text NOT NULL,
    at datetime NOT NULL,
    state text NOT NULL,
    n integer NOT NULL DEFAULT (0),
    decided_by text NOT NULL DEFAULT (''),
    decided_at datetime,
    answer text NOT NULL DEFAULT (''),
    CONSTRAINT corrections_count CHECK (count > 0)
);
CREATE INDEX correction_campaign_state_id ON corrections (campaign, state, id);
CREATE INDEX correction_campaign_player_id ON corrections (campaign, player, id);
