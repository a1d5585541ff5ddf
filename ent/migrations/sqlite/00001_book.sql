-- The first shape of the book.
-- +goose Up
CREATE TABLE settings (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    epoch text NOT NULL,
    clock_offset integer NOT NULL DEFAULT (0)
);

CREATE TABLE leases (
    name text NOT NULL,
    holder text NOT NULL,
    unbroken_since datetime NOT NULL,
    expires_at datetime NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE staff (
    id text NOT NULL,
    login text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    created_at datetime NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX staff_login_key ON staff (login);

CREATE TABLE sessions (
    token_hash text NOT NULL,
    staff text NOT NULL,
    expires_at datetime NOT NULL,
    PRIMARY KEY (token_hash),
    CONSTRAINT sessions_staff_sessions FOREIGN KEY (staff) REFERENCES staff (id) ON DELETE NO ACTION
);
CREATE INDEX session_expires_at ON sessions (expires_at);

CREATE TABLE campaigns (
    id text NOT NULL,
    slug text NOT NULL,
    state text NOT NULL,
    name json NOT NULL,
    rules json NOT NULL,
    time_zone text NOT NULL,
    cards json NOT NULL,
    pool_amount integer NOT NULL,
    pool_currency text NOT NULL,
    pool_split text NOT NULL,
    pool_cap integer NOT NULL,
    pool_overflow json NOT NULL,
    shaking_paused bool NOT NULL DEFAULT (false),
    redemption_paused bool NOT NULL DEFAULT (false),
    sealed_key blob NOT NULL,
    opens_at datetime,
    closes_at datetime,
    closed_at datetime,
    sealed_at datetime,
    settled_at datetime,
    created_at datetime NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX campaigns_slug_key ON campaigns (slug);

CREATE TABLE versions (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    number integer NOT NULL DEFAULT (0),
    document text NOT NULL,
    hash text NOT NULL,
    comment text NOT NULL,
    saved_at datetime NOT NULL,
    saved_by text NOT NULL,
    published_at datetime,
    published_by text NOT NULL DEFAULT (''),
    CONSTRAINT versions_campaigns_versions FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION
);
CREATE UNIQUE INDEX version_campaign_number ON versions (campaign, number);

CREATE TABLE commitments (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    round integer NOT NULL DEFAULT (0),
    hash text NOT NULL,
    seed text NOT NULL DEFAULT (''),
    CONSTRAINT commitments_campaigns_commitments FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION
);
CREATE UNIQUE INDEX commitment_campaign_round ON commitments (campaign, round);

CREATE TABLE stock_rows (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    outcome text NOT NULL,
    "row" integer NOT NULL DEFAULT (0),
    taken integer NOT NULL DEFAULT (0),
    CONSTRAINT stock_rows_campaigns_stock FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION,
    CONSTRAINT stock_rows_taken CHECK (taken >= 0)
);
CREATE UNIQUE INDEX stockrow_campaign_outcome_row ON stock_rows (campaign, outcome, "row");

CREATE TABLE players (
    id text NOT NULL,
    secret_hash text NOT NULL,
    client_seed blob NOT NULL,
    locale text NOT NULL,
    created_at datetime NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX players_secret_hash_key ON players (secret_hash);

CREATE TABLE albums (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    n integer NOT NULL DEFAULT (0),
    c1 integer NOT NULL DEFAULT (0),
    c2 integer NOT NULL DEFAULT (0),
    c3 integer NOT NULL DEFAULT (0),
    c4 integer NOT NULL DEFAULT (0),
    c5 integer NOT NULL DEFAULT (0),
    wildcards integer NOT NULL DEFAULT (0),
    redeemed bool NOT NULL DEFAULT (false),
    last_round integer NOT NULL DEFAULT (0),
    last_window integer NOT NULL DEFAULT (0),
    last_index integer NOT NULL DEFAULT (0),
    CONSTRAINT albums_totals CHECK (c1 >= 0 AND c2 >= 0 AND c3 >= 0 AND c4 >= 0 AND c5 >= 0 AND wildcards >= 0)
);
CREATE UNIQUE INDEX album_campaign_player ON albums (campaign, player);

CREATE TABLE operations (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    "key" text NOT NULL,
    body_hash text NOT NULL,
    booked_at datetime NOT NULL
);
CREATE UNIQUE INDEX operation_player_key ON operations (player, "key");

CREATE TABLE entries (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    n integer NOT NULL DEFAULT (0),
    kind text NOT NULL,
    round integer NOT NULL DEFAULT (0),
    "window" integer NOT NULL DEFAULT (0),
    "index" integer NOT NULL DEFAULT (0),
    outcome text NOT NULL DEFAULT (''),
    raw text NOT NULL DEFAULT (''),
    version integer NOT NULL DEFAULT (0),
    card integer NOT NULL DEFAULT (0),
    serial integer NOT NULL DEFAULT (0),
    c1 integer NOT NULL DEFAULT (0),
    c2 integer NOT NULL DEFAULT (0),
    c3 integer NOT NULL DEFAULT (0),
    c4 integer NOT NULL DEFAULT (0),
    c5 integer NOT NULL DEFAULT (0),
    wildcards integer NOT NULL DEFAULT (0),
    accepted_at datetime NOT NULL,
    booked_at datetime NOT NULL,
    operation integer,
    CONSTRAINT entries_operations_entries FOREIGN KEY (operation) REFERENCES operations (id) ON DELETE NO ACTION
);
CREATE UNIQUE INDEX entry_campaign_player_n ON entries (campaign, player, n);
CREATE UNIQUE INDEX entry_chance ON entries (campaign, player, round, "window", "index") WHERE round > 0;
CREATE UNIQUE INDEX entry_serial ON entries (campaign, outcome, serial) WHERE serial > 0;

CREATE TABLE redemptions (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    n integer NOT NULL,
    redeemed_at datetime NOT NULL
);
CREATE UNIQUE INDEX redemption_campaign_player ON redemptions (campaign, player);

CREATE TABLE settlements (
    campaign text NOT NULL,
    redemptions integer NOT NULL,
    share integer NOT NULL,
    leftover integer NOT NULL,
    overflow integer NOT NULL,
    settled_at datetime NOT NULL,
    PRIMARY KEY (campaign)
);

CREATE TABLE payouts (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    campaign text NOT NULL,
    player text NOT NULL,
    place integer NOT NULL,
    amount integer NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    CONSTRAINT payouts_campaigns_payouts FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION,
    CONSTRAINT payouts_amount CHECK (amount >= 0)
);
CREATE UNIQUE INDEX payout_campaign_player ON payouts (campaign, player);
CREATE UNIQUE INDEX payout_campaign_place ON payouts (campaign, place);
