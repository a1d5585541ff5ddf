-- The people of the admin page: invitations, second factors, sessions that tell where they are.
-- +goose Up
ALTER TABLE staff ADD COLUMN disabled_at datetime;
ALTER TABLE staff ADD COLUMN language text NOT NULL DEFAULT ('');
ALTER TABLE staff ADD COLUMN invite_hash text;
ALTER TABLE staff ADD COLUMN invite_ends_at datetime;
ALTER TABLE staff ADD COLUMN factor_secret blob;
ALTER TABLE staff ADD COLUMN factor_pending blob;
ALTER TABLE staff ADD COLUMN factor_at datetime;
ALTER TABLE staff ADD COLUMN factor_step integer NOT NULL DEFAULT (0);
ALTER TABLE staff ADD COLUMN recovery_hashes json;
CREATE UNIQUE INDEX staff_invite_hash_key ON staff (invite_hash);

-- Nothing is known of the sessions until now: they end, and people log in anew.
DROP TABLE sessions;
CREATE TABLE sessions (
    token_hash text NOT NULL,
    staff text NOT NULL,
    created_at datetime NOT NULL,
    expires_at datetime NOT NULL,
    seen_at datetime NOT NULL,
    agent text NOT NULL DEFAULT (''),
    PRIMARY KEY (token_hash),
    CONSTRAINT sessions_staff_sessions FOREIGN KEY (staff) REFERENCES staff (id) ON DELETE NO ACTION
);
CREATE INDEX session_expires_at ON sessions (expires_at);
CREATE INDEX session_staff ON sessions (staff);

CREATE INDEX act_at ON acts (at);
