-- Instant prizes: cash, which is a payout too, and vouchers, which are codes. Payouts that are
-- there are shares.
-- +goose Up
ALTER TABLE entries ADD COLUMN amount integer NOT NULL DEFAULT (0);

ALTER TABLE payouts ADD COLUMN n integer NOT NULL DEFAULT (0);
DROP INDEX payout_campaign_player;
DROP INDEX payout_campaign_place;
CREATE UNIQUE INDEX payout_campaign_player_n ON payouts (campaign, player, n);
CREATE UNIQUE INDEX payout_place ON payouts (campaign, place) WHERE n = 0;

CREATE TABLE voucher_codes (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    outcome text NOT NULL,
    serial integer NOT NULL,
    code text NOT NULL,
    campaign text NOT NULL,
    CONSTRAINT voucher_codes_campaigns_codes FOREIGN KEY (campaign) REFERENCES campaigns (id) ON DELETE NO ACTION,
    CONSTRAINT voucher_codes_serial CHECK (serial > 0)
);
CREATE UNIQUE INDEX vouchercode_campaign_outcome_serial ON voucher_codes (campaign, outcome, serial);
CREATE UNIQUE INDEX vouchercode_campaign_outcome_code ON voucher_codes (campaign, outcome, code);
