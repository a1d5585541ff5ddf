-- The whole booking of a win of a card in one function: one round trip, one commit.
CREATE OR REPLACE FUNCTION bench_book_win(
    p_campaign varchar, p_player varchar, p_round integer, p_window integer, p_index integer,
    p_outcome varchar, p_card integer, p_version integer, p_accepted timestamptz, p_released bigint, p_from integer,
    OUT a albums, OUT serial bigint, OUT booked_at timestamptz
) LANGUAGE plpgsql AS $$
DECLARE
    state varchar;
    v_row bigint;
    v_taken bigint;
    c integer[] := ARRAY[0, 0, 0, 0, 0];
BEGIN
    SELECT campaigns.state INTO state FROM campaigns WHERE id = p_campaign;
    IF state NOT IN ('open', 'closed') THEN
        RAISE 'sealed';
    END IF;
    SELECT * INTO a FROM albums WHERE campaign = p_campaign AND player = p_player FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO albums (campaign, player) VALUES (p_campaign, p_player) ON CONFLICT DO NOTHING;
        SELECT * INTO a FROM albums WHERE campaign = p_campaign AND player = p_player FOR UPDATE;
    END IF;
    serial := 0;
    IF p_released >= 0 THEN
        UPDATE stock_rows SET taken = taken + 1 WHERE id = (
            SELECT id FROM stock_rows WHERE campaign = p_campaign AND outcome = p_outcome AND taken * 16 + "row" < p_released
            ORDER BY ("row" + p_from) % 16 LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING "row", taken INTO v_row, v_taken;
        IF NOT FOUND THEN -- all rows are held
            UPDATE stock_rows SET taken = taken + 1 WHERE id = (
                SELECT id FROM stock_rows WHERE campaign = p_campaign AND outcome = p_outcome AND taken * 16 + "row" < p_released
                ORDER BY ("row" + p_from) % 16 LIMIT 1 FOR UPDATE)
            RETURNING "row", taken INTO v_row, v_taken;
        END IF;
        serial := (v_taken - 1) * 16 + v_row + 1;
    END IF;
    c[p_card] := 1;
    booked_at := clock_timestamp();
    INSERT INTO entries (campaign, player, n, kind, round, "window", "index", outcome, version, card, serial,
        c1, c2, c3, c4, c5, accepted_at, booked_at)
    VALUES (p_campaign, p_player, a.n + 1, 'card', p_round, p_window, p_index, p_outcome, p_version, p_card, serial,
        c[1], c[2], c[3], c[4], c[5], p_accepted, booked_at);
    UPDATE albums SET n = n + 1, c1 = c1 + c[1], c2 = c2 + c[2], c3 = c3 + c[3], c4 = c4 + c[4], c5 = c5 + c[5],
        last_round = p_round, last_window = p_window, last_index = p_index
    WHERE id = a.id RETURNING * INTO a;
END $$;
