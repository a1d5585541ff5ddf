WITH rounds AS (
    SELECT v.campaign, v.number AS version, r.value->>'number' AS round,
        CAST(round(unixepoch(r.value->>'opens_at', 'subsec') * 1000000) AS integer) AS opens_us,
        CAST(round(unixepoch(r.value->>'closes_at', 'subsec') * 1000000) AS integer) AS closes_us,
        (r.value->>'window_seconds') * 1000000 AS window_us,
        r.value->>'chances' AS chances, r.value->>'taps_per_second' AS rate,
        coalesce(v.document->>'$.bonus.each_round', 0) AS each_round, coalesce(v.document->>'$.bonus.grants', 0) AS most
    FROM versions AS v, json_each(v.document, '$.rounds') AS r
), stocks AS (
    SELECT v.campaign, v.number AS version, s.value->>'outcome' AS outcome, s.value->>'total' AS total
    FROM versions AS v, json_each(v.document, '$.stocks') AS s
), outcomes AS (
    SELECT v.campaign, v.number AS version, o.value->>'id' AS outcome, o.value->>'kind' AS kind, o.value->>'amount' AS amount
    FROM versions AS v, json_each(v.document, '$.odds.outcomes') AS o
), releases AS (
    SELECT v.campaign, v.number AS version, s.value->>'outcome' AS outcome, r.value->>'released' AS released,
        CAST(round(unixepoch(r.value->>'at', 'subsec') * 1000000) AS integer) AS at_us
    FROM versions AS v, json_each(v.document, '$.stocks') AS s, json_each(s.value, '$.releases') AS r
), published AS (
    SELECT campaign, number AS version, published_at AS published_us FROM versions
), seals AS (
    SELECT id AS campaign, sealed_at AS sealed_us FROM campaigns
), lines AS (
    SELECT campaign, player, n, kind, round, "window" AS w, "index" AS i, outcome, raw, version, card, serial, amount,
        c1, c2, c3, c4, c5, wildcards, operation, accepted_at AS accepted_us, booked_at AS booked_us
    FROM entries
), shelf AS (
    SELECT campaign, outcome, "row" AS r, taken FROM stock_rows
), grants AS (
    SELECT campaign, player, round, chances, granted_at AS granted_us FROM bonus_grants
)
