-- By which token a program did what is recorded, in the name of who made it.
-- +goose Up
ALTER TABLE acts ADD COLUMN token text NOT NULL DEFAULT ('');
