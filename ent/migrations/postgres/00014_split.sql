-- The random split of a pool: its floor, and by what it was shared out.
-- +goose Up
ALTER TABLE campaigns ADD COLUMN pool_floor bigint NOT NULL DEFAULT 0;
ALTER TABLE settlements ADD COLUMN split varchar NOT NULL DEFAULT 'equal';
ALTER TABLE settlements ADD COLUMN root varchar NOT NULL DEFAULT '';
ALTER TABLE settlements ADD COLUMN weights bigint NOT NULL DEFAULT 0;
