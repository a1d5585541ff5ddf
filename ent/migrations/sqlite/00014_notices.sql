-- What players are told while something is paused.
-- +goose Up
ALTER TABLE campaigns ADD COLUMN shaking_notice json;
ALTER TABLE campaigns ADD COLUMN redemption_notice json;
