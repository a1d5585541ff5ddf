-- How a campaign looks. Those that are there look as they did.
-- +goose Up
ALTER TABLE campaigns ADD COLUMN theme varchar NOT NULL DEFAULT 'spring';
