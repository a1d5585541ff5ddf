WITH documents AS (
    SELECT campaign, number AS version, published_at, document::jsonb AS body FROM versions
), rounds AS (
    SELECT campaign, version, (r->>'number')::int AS round,
        (extract(epoch FROM (r->>'opens_at')::timestamptz) * 1000000)::bigint AS opens_us,
        (extract(epoch FROM (r->>'closes_at')::timestamptz) * 1000000)::bigint AS closes_us,
        (r->>'window_seconds')::bigint * 1000000 AS window_us,
        (r->>'chances')::int AS chances, (r->>'taps_per_second')::bigint AS rate,
        coalesce((body->'bonus'->>'each_round')::int, 0) AS each_round, coalesce((body->'bonus'->>'grants')::int, 0) AS most
    FROM documents, jsonb_array_elements(body->'rounds') AS r
), stocks AS (
    SELECT campaign, version, s->>'outcome' AS outcome, (s->>'total')::bigint AS total
    FROM documents, jsonb_array_elements(coalesce(body->'stocks', '[]')) AS s
), outcomes AS (
    SELECT campaign, version, o->>'id' AS outcome, o->>'kind' AS kind, (o->>'amount')::bigint AS amount
    FROM documents, jsonb_array_elements(coalesce(body->'odds'->'outcomes', '[]')) AS o
), releases AS (
    SELECT campaign, version, s->>'outcome' AS outcome, (r->>'released')::bigint AS released,
        (extract(epoch FROM (r->>'at')::timestamptz) * 1000000)::bigint AS at_us
    FROM documents, jsonb_array_elements(coalesce(body->'stocks', '[]')) AS s,
        jsonb_array_elements(coalesce(s->'releases', '[]')) AS r
), published AS (
    SELECT campaign, version, (extract(epoch FROM published_at) * 1000000)::bigint AS published_us FROM documents
), seals AS (
    SELECT id AS campaign, (extract(epoch FROM sealed_at) * 1000000)::bigint AS sealed_us FROM campaigns
), lines AS (
    SELECT campaign, player, n, kind, round, "window" AS w, "index" AS i, outcome, raw, version, card, serial, amount,
        c1, c2, c3, c4, c5, wildcards, operation,
        (extract(epoch FROM accepted_at) * 1000000)::bigint AS accepted_us,
        (extract(epoch FROM booked_at) * 1000000)::bigint AS booked_us
    FROM entries
), shelf AS (
    SELECT campaign, outcome, "row" AS r, taken FROM stock_rows
), grants AS (
    SELECT campaign, player, round, chances, (extract(epoch FROM granted_at) * 1000000)::bigint AS granted_us FROM bonus_grants
)
