-- Albums are updated all the time. Room in their pages keeps an update from writing to the indexes.
-- +goose Up
ALTER TABLE albums SET (fillfactor = 70);
