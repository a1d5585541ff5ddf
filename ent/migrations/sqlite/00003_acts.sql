-- What the staff did. Rows are added and never changed.
-- +goose Up
CREATE TABLE acts (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    at datetime NOT NULL,
    "by" text NOT NULL,
    action text NOT NULL,
    campaign text NOT NULL DEFAULT (''),
    subject text NOT NULL DEFAULT (''),
    before text NOT NULL DEFAULT (''),
    after text NOT NULL DEFAULT (''),
    reason text NOT NULL DEFAULT ('')
);
CREATE INDEX act_campaign_id ON acts (campaign, id);
CREATE INDEX act_by_id ON acts ("by", id);
CREATE INDEX act_action_id ON acts (action, id);

-- +goose StatementBegin
CREATE TRIGGER acts_are_not_changed BEFORE UPDATE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts are only added');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER acts_are_not_deleted BEFORE DELETE ON acts
BEGIN
    SELECT RAISE(ABORT, 'acts are only added');
END;
-- +goose StatementEnd
