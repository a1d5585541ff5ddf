-- The random split of a pool: its floor, and by what it was shared out.
-- +goose Up
ALTER TABLE campaigns ADD COLUMN pool_floor integer NOT NULL DEFAULT (0);
ALTER TABLE settlements ADD COLUMN split text NOT NULL DEFAULT ('equal');
ALTER TABLE settlements ADD COLUMN root text NOT NULL DEFAULT ('');
ALTER TABLE settlements ADD COLUMN weights integer NOT NULL DEFAULT (0);
