-- Keys of the management API.
-- +goose Up
CREATE TABLE tokens (
    id varchar NOT NULL,
    secret_hash varchar NOT NULL,
    name varchar NOT NULL,
    scopes jsonb NOT NULL,
    "by" varchar NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX tokens_secret_hash_key ON tokens (secret_hash);
CREATE INDEX token_by ON tokens ("by");
