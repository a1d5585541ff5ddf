-- Keys of the management API.
-- +goose Up
CREATE TABLE tokens (
    id text NOT NULL,
    secret_hash text NOT NULL,
    name text NOT NULL,
    scopes json NOT NULL,
    "by" text NOT NULL,
    created_at datetime NOT NULL,
    expires_at datetime NOT NULL,
    last_used_at datetime,
    revoked_at datetime,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX tokens_secret_hash_key ON tokens (secret_hash);
CREATE INDEX token_by ON tokens ("by");
