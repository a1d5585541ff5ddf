-- Each check gives a line for each violation. {grace} is microseconds.

-- I1: serials are distinct
SELECT campaign || ': serial ' || serial || ' of ' || outcome || ' was given ' || count(*) || ' times'
FROM lines WHERE serial > 0
GROUP BY campaign, outcome, serial HAVING count(*) > 1;

-- I1: serials are of a stock of the version, and up to its total
SELECT l.campaign || ': serial ' || l.serial || ' of ' || l.outcome || ' is beyond the total of version ' || l.version
FROM lines AS l LEFT JOIN stocks AS s
    ON s.campaign = l.campaign AND s.version = l.version AND s.outcome = l.outcome
WHERE l.serial > 0 AND (s.total IS NULL OR l.serial > s.total);

-- I1: serials are released when they are booked
SELECT l.campaign || ': serial ' || l.serial || ' of ' || l.outcome || ' was not released'
FROM lines AS l
WHERE l.serial > 0
    AND EXISTS (
        SELECT 1 FROM releases AS r
        WHERE r.campaign = l.campaign AND r.version = l.version AND r.outcome = l.outcome)
    AND NOT EXISTS (
        SELECT 1 FROM releases AS r
        WHERE r.campaign = l.campaign AND r.version = l.version AND r.outcome = l.outcome
            AND r.at_us <= l.booked_us AND r.released >= l.serial);

-- I1: what is limited has a serial
SELECT l.campaign || '/' || l.player || ': entry ' || l.n || ' gives ' || l.outcome || ' without a serial'
FROM lines AS l JOIN stocks AS s
    ON s.campaign = l.campaign AND s.version = l.version AND s.outcome = l.outcome
WHERE l.serial = 0;

-- I1: each row of stock has given out its first serials and no other
SELECT coalesce(t.campaign, g.campaign) || ': row ' || coalesce(t.r, g.r) || ' of ' || coalesce(t.outcome, g.outcome)
    || ' has taken ' || coalesce(t.taken, 0) || ', entries have ' || coalesce(g.given, 0)
FROM shelf AS t FULL JOIN (
    SELECT campaign, outcome, (serial - 1) % 16 AS r, count(*) AS given, max(serial) AS last
    FROM lines WHERE serial > 0 GROUP BY campaign, outcome, (serial - 1) % 16
) AS g ON g.campaign = t.campaign AND g.outcome = t.outcome AND g.r = t.r
WHERE coalesce(t.taken, 0) <> coalesce(g.given, 0)
    OR g.last <> (g.given - 1) * 16 + g.r + 1;

-- I1: a voucher has a serial, and that a code
SELECT l.campaign || '/' || l.player || ': entry ' || l.n || ' is voucher ' || l.serial || ' of ' || l.outcome || ', which has no code'
FROM lines AS l
WHERE l.kind = 'voucher' AND NOT EXISTS (
    SELECT 1 FROM voucher_codes AS v
    WHERE v.campaign = l.campaign AND v.outcome = l.outcome AND v.serial = l.serial AND v.code <> '');

-- I2: held and burned are what was minted, card by card
SELECT m.campaign || ': minted ' || m.m1 || ' ' || m.m2 || ' ' || m.m3 || ' ' || m.m4 || ' ' || m.m5 || ' ' || m.mw
    || ', burned ' || m.b1 || ' ' || m.b2 || ' ' || m.b3 || ' ' || m.b4 || ' ' || m.b5 || ' ' || m.bw
    || ', held ' || h.c1 || ' ' || h.c2 || ' ' || h.c3 || ' ' || h.c4 || ' ' || h.c5 || ' ' || h.w
FROM (
    SELECT campaign,
        sum(CASE WHEN kind = 'card' AND card = 1 THEN 1 WHEN kind IN ('grant', 'reversal') THEN c1 ELSE 0 END) AS m1,
        sum(CASE WHEN kind = 'card' AND card = 2 THEN 1 WHEN kind IN ('grant', 'reversal') THEN c2 ELSE 0 END) AS m2,
        sum(CASE WHEN kind = 'card' AND card = 3 THEN 1 WHEN kind IN ('grant', 'reversal') THEN c3 ELSE 0 END) AS m3,
        sum(CASE WHEN kind = 'card' AND card = 4 THEN 1 WHEN kind IN ('grant', 'reversal') THEN c4 ELSE 0 END) AS m4,
        sum(CASE WHEN kind = 'card' AND card = 5 THEN 1 WHEN kind IN ('grant', 'reversal') THEN c5 ELSE 0 END) AS m5,
        sum(CASE WHEN kind = 'wildcard' THEN 1 WHEN kind IN ('grant', 'reversal') THEN wildcards ELSE 0 END) AS mw,
        sum(CASE WHEN kind = 'redeem' THEN -c1 ELSE 0 END) AS b1,
        sum(CASE WHEN kind = 'redeem' THEN -c2 ELSE 0 END) AS b2,
        sum(CASE WHEN kind = 'redeem' THEN -c3 ELSE 0 END) AS b3,
        sum(CASE WHEN kind = 'redeem' THEN -c4 ELSE 0 END) AS b4,
        sum(CASE WHEN kind = 'redeem' THEN -c5 ELSE 0 END) AS b5,
        sum(CASE WHEN kind = 'redeem' THEN -wildcards ELSE 0 END) AS bw
    FROM lines GROUP BY campaign
) AS m LEFT JOIN (
    SELECT campaign, sum(c1) AS c1, sum(c2) AS c2, sum(c3) AS c3, sum(c4) AS c4, sum(c5) AS c5, sum(wildcards) AS w
    FROM albums GROUP BY campaign
) AS h ON h.campaign = m.campaign
WHERE h.campaign IS NULL OR h.c1 + m.b1 <> m.m1 OR h.c2 + m.b2 <> m.m2 OR h.c3 + m.b3 <> m.m3
    OR h.c4 + m.b4 <> m.m4 OR h.c5 + m.b5 <> m.m5 OR h.w + m.bw <> m.mw;

-- I2: an entry adds what its kind says
SELECT campaign || '/' || player || ': entry ' || n || ' of kind ' || kind || ' changes the wrong totals'
FROM lines
WHERE CASE kind
    WHEN 'card' THEN NOT (wildcards = 0
        AND c1 = CASE card WHEN 1 THEN 1 ELSE 0 END AND c2 = CASE card WHEN 2 THEN 1 ELSE 0 END
        AND c3 = CASE card WHEN 3 THEN 1 ELSE 0 END AND c4 = CASE card WHEN 4 THEN 1 ELSE 0 END
        AND c5 = CASE card WHEN 5 THEN 1 ELSE 0 END AND card BETWEEN 1 AND 5)
    WHEN 'wildcard' THEN NOT (wildcards = 1 AND c1 = 0 AND c2 = 0 AND c3 = 0 AND c4 = 0 AND c5 = 0)
    WHEN 'sold_out' THEN NOT (wildcards = 0 AND c1 = 0 AND c2 = 0 AND c3 = 0 AND c4 = 0 AND c5 = 0)
    WHEN 'cash' THEN NOT (wildcards = 0 AND c1 = 0 AND c2 = 0 AND c3 = 0 AND c4 = 0 AND c5 = 0)
    WHEN 'voucher' THEN NOT (wildcards = 0 AND c1 = 0 AND c2 = 0 AND c3 = 0 AND c4 = 0 AND c5 = 0)
    WHEN 'grant' THEN NOT (CASE card WHEN 0 THEN wildcards WHEN 1 THEN c1 WHEN 2 THEN c2 WHEN 3 THEN c3 WHEN 4 THEN c4 WHEN 5 THEN c5 ELSE 0 END
        = c1 + c2 + c3 + c4 + c5 + wildcards AND c1 + c2 + c3 + c4 + c5 + wildcards > 0
        AND c1 >= 0 AND c2 >= 0 AND c3 >= 0 AND c4 >= 0 AND c5 >= 0 AND wildcards >= 0)
    WHEN 'reversal' THEN NOT (CASE card WHEN 0 THEN wildcards WHEN 1 THEN c1 WHEN 2 THEN c2 WHEN 3 THEN c3 WHEN 4 THEN c4 WHEN 5 THEN c5 ELSE 0 END
        = c1 + c2 + c3 + c4 + c5 + wildcards AND c1 + c2 + c3 + c4 + c5 + wildcards < 0
        AND c1 <= 0 AND c2 <= 0 AND c3 <= 0 AND c4 <= 0 AND c5 <= 0 AND wildcards <= 0)
    WHEN 'redeem' THEN NOT (c1 + c2 + c3 + c4 + c5 + wildcards = -5 AND wildcards <= 0
        AND c1 BETWEEN -1 AND 0 AND c2 BETWEEN -1 AND 0 AND c3 BETWEEN -1 AND 0
        AND c4 BETWEEN -1 AND 0 AND c5 BETWEEN -1 AND 0)
    ELSE true END;

-- I2: cash is what its version says, and nothing else is cash
SELECT l.campaign || '/' || l.player || ': entry ' || l.n || ' of kind ' || l.kind || ' gives ' || l.amount || ', version ' || l.version
    || ' says ' || coalesce(o.amount, 0)
FROM lines AS l LEFT JOIN outcomes AS o
    ON o.campaign = l.campaign AND o.version = l.version AND o.outcome = l.outcome AND o.kind = 'cash'
WHERE l.amount <> coalesce(o.amount, 0) OR (l.kind = 'cash') <> (l.amount > 0);

-- I3: a chance has one entry
SELECT campaign || '/' || player || ': chance ' || round || '.' || w || '.' || i || ' has ' || count(*) || ' entries'
FROM lines WHERE round > 0
GROUP BY campaign, player, round, w, i HAVING count(*) > 1;

-- I3: an operation has one entry, and a key one operation
SELECT o.campaign || '/' || o.player || ': operation ' || o."key" || ' has ' || count(l.n) || ' entries'
FROM operations AS o LEFT JOIN lines AS l
    ON l.operation = o.id AND l.campaign = o.campaign AND l.player = o.player
GROUP BY o.id, o.campaign, o.player, o."key" HAVING count(l.n) <> 1
UNION ALL
SELECT player || ': key ' || "key" || ' has ' || count(*) || ' operations'
FROM operations GROUP BY player, "key" HAVING count(*) > 1;

-- I3: an entry is of a chance or of an operation
SELECT campaign || '/' || player || ': entry ' || n || ' has no cause, or two'
FROM lines WHERE (round > 0) = (operation IS NOT NULL);

-- I3: a grant or reversal is the one entry of a correction, and says what that says
SELECT coalesce(l.campaign, c.campaign) || '/' || coalesce(l.player, c.player) || ': entry ' || coalesce(l.n, c.n) || ' and its correction differ'
FROM (
    SELECT campaign, player, n, kind, card, c1 + c2 + c3 + c4 + c5 + wildcards AS change
    FROM lines WHERE kind IN ('grant', 'reversal')
) AS l FULL JOIN (
    SELECT campaign, player, n, kind, card, CASE kind WHEN 'reversal' THEN -"count" ELSE "count" END AS change
    FROM corrections WHERE state = 'booked'
) AS c ON c.campaign = l.campaign AND c.player = l.player AND c.n = l.n
WHERE l.n IS NULL OR c.n IS NULL OR l.kind <> c.kind OR l.card <> c.card OR l.change <> c.change
UNION ALL
SELECT campaign || '/' || player || ': correction ' || id || ' is ' || state || ' and has an entry'
FROM corrections WHERE state <> 'booked' AND n <> 0;

-- I3: what is taken back was given, and once
SELECT r.campaign || '/' || r.player || ': of entry ' || r.reverses || ' was taken back ' || r.back || ', it gave ' || coalesce(l.gave, 0)
FROM (
    SELECT campaign, player, reverses, card, sum("count") AS back
    FROM corrections WHERE state = 'booked' AND kind = 'reversal' GROUP BY campaign, player, reverses, card
) AS r LEFT JOIN (
    SELECT campaign, player, n, card, c1 + c2 + c3 + c4 + c5 + wildcards AS gave
    FROM lines WHERE kind IN ('card', 'wildcard', 'grant')
) AS l ON l.campaign = r.campaign AND l.player = r.player AND l.n = r.reverses AND l.card = r.card
WHERE r.back > coalesce(l.gave, 0);

-- I4: redemptions are burned sets, one of a player
SELECT r.campaign || '/' || r.player || ': a redemption without a burned set'
FROM redemptions AS r
WHERE NOT EXISTS (
    SELECT 1 FROM lines AS l
    WHERE l.campaign = r.campaign AND l.player = r.player AND l.n = r.n AND l.kind = 'redeem')
UNION ALL
SELECT l.campaign || '/' || l.player || ': a burned set without a redemption'
FROM lines AS l
WHERE l.kind = 'redeem' AND NOT EXISTS (
    SELECT 1 FROM redemptions AS r
    WHERE r.campaign = l.campaign AND r.player = l.player AND r.n = l.n)
UNION ALL
SELECT campaign || '/' || player || ': redeemed ' || count(*) || ' times'
FROM redemptions GROUP BY campaign, player HAVING count(*) > 1;

-- I5: shares and overflow are the pool, and there is one share for a redemption
SELECT s.campaign || ': shares ' || coalesce(p.amount, 0) || ' and overflow ' || s.overflow || ' are not the pool of ' || c.pool_amount
FROM settlements AS s JOIN campaigns AS c ON c.id = s.campaign
    LEFT JOIN (SELECT campaign, sum(amount) AS amount FROM payouts WHERE n = 0 GROUP BY campaign) AS p ON p.campaign = s.campaign
WHERE coalesce(p.amount, 0) + s.overflow <> c.pool_amount
UNION ALL
SELECT r.campaign || '/' || r.player || ': redeemed and has no payout'
FROM redemptions AS r JOIN settlements AS s ON s.campaign = r.campaign
WHERE NOT EXISTS (SELECT 1 FROM payouts AS p WHERE p.campaign = r.campaign AND p.player = r.player AND p.n = 0)
UNION ALL
SELECT p.campaign || '/' || p.player || ': has a payout and has not redeemed'
FROM payouts AS p
WHERE p.n = 0 AND NOT EXISTS (SELECT 1 FROM redemptions AS r WHERE r.campaign = p.campaign AND r.player = p.player)
UNION ALL
SELECT p.campaign || ': ' || count(*) || ' shares and no settlement'
FROM payouts AS p WHERE p.n = 0 AND NOT EXISTS (SELECT 1 FROM settlements AS s WHERE s.campaign = p.campaign)
GROUP BY p.campaign
UNION ALL
SELECT c.id || ': is ' || c.state || ', which its settlement contradicts'
FROM campaigns AS c LEFT JOIN settlements AS s ON s.campaign = c.id
WHERE (c.state = 'settled') <> (s.campaign IS NOT NULL);

-- I5: each share keeps to the split that was promised, its floor and its cap
SELECT p.campaign || '/' || p.player || ': a share of ' || p.amount || ' by a split that is ' || s.split
FROM payouts AS p JOIN settlements AS s ON s.campaign = p.campaign JOIN campaigns AS c ON c.id = p.campaign
WHERE p.n = 0 AND (c.pool_cap > 0 AND p.amount > c.pool_cap
    OR s.split = 'random' AND p.amount < c.pool_floor
    OR s.split = 'equal' AND p.amount NOT IN (s.share, s.share + 1))
UNION ALL
SELECT s.campaign || ': is split ' || s.split || ', not ' || c.pool_split
FROM settlements AS s JOIN campaigns AS c ON c.id = s.campaign
WHERE s.split <> c.pool_split
    AND NOT (c.pool_split = 'random' AND (s.redemptions = 0 OR s.weights = 0 OR c.pool_floor * s.redemptions > c.pool_amount));

-- I5: nobody is paid by a shadow
SELECT p.campaign || '/' || p.player || ': is paid ' || p.amount || ' by a shadow'
FROM payouts AS p JOIN campaigns AS c ON c.id = p.campaign WHERE c.shadow_of <> '';

-- I5: prizes on their way out are the cash that was won, to the cent
SELECT coalesce(l.campaign, p.campaign) || '/' || coalesce(l.player, p.player) || ': entry ' || coalesce(l.n, p.n)
    || ' won ' || coalesce(l.amount, 0) || ', its payouts are ' || coalesce(p.amount, 0)
FROM (
        SELECT l.campaign, l.player, l.n, l.amount FROM lines AS l JOIN campaigns AS c ON c.id = l.campaign
        WHERE l.kind = 'cash' AND c.shadow_of = ''
    ) AS l
    FULL JOIN (
        SELECT campaign, player, n, sum(amount) AS amount FROM payouts WHERE n > 0 GROUP BY campaign, player, n
    ) AS p ON p.campaign = l.campaign AND p.player = l.player AND p.n = l.n
WHERE coalesce(l.amount, 0) <> coalesce(p.amount, 0)
UNION ALL
SELECT p.campaign || '/' || p.player || ': a prize in ' || p.currency || ' of a campaign in ' || c.pool_currency
FROM payouts AS p JOIN campaigns AS c ON c.id = p.campaign
WHERE p.n > 0 AND p.currency <> c.pool_currency;

-- I6: replaying the entries gives every album, with no gap in its numbers
SELECT a.campaign || '/' || a.player || ': the album is not what its entries give'
FROM albums AS a LEFT JOIN (
    SELECT campaign, player, count(*) AS lines, min(n) AS first, max(n) AS last, count(DISTINCT n) AS numbers,
        sum(c1) AS c1, sum(c2) AS c2, sum(c3) AS c3, sum(c4) AS c4, sum(c5) AS c5, sum(wildcards) AS wildcards,
        sum(CASE WHEN kind = 'redeem' THEN 1 ELSE 0 END) AS redeemed
    FROM lines GROUP BY campaign, player
) AS e ON e.campaign = a.campaign AND e.player = a.player
WHERE e.campaign IS NULL OR e.first <> 1 OR e.last <> a.n OR e.lines <> a.n OR e.numbers <> a.n
    OR e.c1 <> a.c1 OR e.c2 <> a.c2 OR e.c3 <> a.c3 OR e.c4 <> a.c4 OR e.c5 <> a.c5
    OR e.wildcards <> a.wildcards OR (e.redeemed > 0) <> a.redeemed
UNION ALL
SELECT l.campaign || '/' || l.player || ': entry ' || l.n || ' has no album'
FROM lines AS l
WHERE NOT EXISTS (SELECT 1 FROM albums AS a WHERE a.campaign = l.campaign AND a.player = l.player);

-- I6: an album knows its highest chance
SELECT a.campaign || '/' || a.player || ': the last chance is not ' || a.last_round || '.' || a.last_window || '.' || a.last_index
FROM albums AS a
WHERE EXISTS (
        SELECT 1 FROM lines AS l WHERE l.campaign = a.campaign AND l.player = a.player
            AND (l.round, l.w, l.i) > (a.last_round, a.last_window, a.last_index))
    OR a.last_round > 0 AND NOT EXISTS (
        SELECT 1 FROM lines AS l WHERE l.campaign = a.campaign AND l.player = a.player
            AND l.round = a.last_round AND l.w = a.last_window AND l.i = a.last_index);

-- I6: tallies are what the entries are, up to the one that was counted last
SELECT coalesce(t.campaign, e.campaign) || ': ' || coalesce(t.kind, e.kind) || ' ' || coalesce(t.outcome, e.outcome)
    || ' of version ' || coalesce(t.version, e.version) || ' is tallied ' || coalesce(t.count, 0) || ' times, ' || coalesce(t.firsts, 0)
    || ' of them first; there are ' || coalesce(e.many, 0) || ', ' || coalesce(e.firsts, 0)
FROM (
    SELECT campaign, version, kind, outcome, raw, sum(count) AS count, sum(firsts) AS firsts
    FROM tallies GROUP BY campaign, version, kind, outcome, raw
) AS t FULL JOIN (
    SELECT campaign, version, kind, outcome, raw, count(*) AS many, count(CASE WHEN n = 1 THEN 1 END) AS firsts
    FROM entries WHERE id <= (SELECT tallied FROM settings) GROUP BY campaign, version, kind, outcome, raw
) AS e ON e.campaign = t.campaign AND e.version = t.version AND e.kind = t.kind AND e.outcome = t.outcome AND e.raw = t.raw
WHERE coalesce(t.count, 0) <> coalesce(e.many, 0) OR coalesce(t.firsts, 0) <> coalesce(e.firsts, 0);

-- I8: chances are within their round
SELECT l.campaign || '/' || l.player || ': chance ' || l.round || '.' || l.w || '.' || l.i || ' is not in version ' || l.version
FROM lines AS l LEFT JOIN rounds AS r
    ON r.campaign = l.campaign AND r.version = l.version AND r.round = l.round
WHERE l.round > 0 AND (r.round IS NULL OR l.w < 0 OR l.i < 1 OR l.w > 0 AND (
    l.i > r.chances OR r.opens_us + l.w * r.window_us > r.closes_us));

-- I8: bonus chances, of window 0, are those of everybody and those that were granted by then
SELECT l.campaign || '/' || l.player || ': bonus chance ' || l.round || '.' || l.i || ' is beyond those of the player'
FROM lines AS l JOIN rounds AS r
    ON r.campaign = l.campaign AND r.version = l.version AND r.round = l.round
WHERE l.w = 0 AND l.i > r.each_round
    AND (l.i > r.each_round + r.most OR l.i > r.each_round + (
        SELECT coalesce(sum(g.chances), 0) FROM grants AS g
        WHERE g.campaign = l.campaign AND g.player = l.player AND g.round = l.round AND g.granted_us <= l.booked_us));

-- I8: nobody was granted more bonus chances of a round than any version allows
SELECT g.campaign || '/' || g.player || ': ' || sum(g.chances) || ' bonus chances of round ' || g.round || ' were granted'
FROM grants AS g
GROUP BY g.campaign, g.player, g.round
HAVING sum(g.chances) > (
    SELECT coalesce(max(r.most), 0) FROM rounds AS r JOIN published AS p ON p.campaign = r.campaign AND p.version = r.version
    WHERE r.campaign = g.campaign AND r.round = g.round AND p.published_us IS NOT NULL);

-- I8: chances were accepted in their window or its grace, and not ahead of their pace
SELECT l.campaign || '/' || l.player || ': chance ' || l.round || '.' || l.w || '.' || l.i || ' was accepted at a wrong time'
FROM lines AS l JOIN rounds AS r
    ON r.campaign = l.campaign AND r.version = l.version AND r.round = l.round
WHERE l.w > 0 AND (l.accepted_us >= r.opens_us + l.w * r.window_us + {grace}
        OR l.accepted_us < r.opens_us + (l.w - 1) * r.window_us
            + CASE r.rate WHEN 0 THEN 0 ELSE (l.i - 1) * 1000000 / r.rate END)
    OR l.w = 0 AND (l.accepted_us >= r.closes_us + {grace} OR l.accepted_us < r.opens_us);

-- I8: nothing was booked before its version was published, or after the seal
SELECT l.campaign || '/' || l.player || ': entry ' || l.n || ' was booked after the seal'
FROM lines AS l JOIN seals AS s ON s.campaign = l.campaign
WHERE l.booked_us > s.sealed_us
UNION ALL
SELECT l.campaign || '/' || l.player || ': entry ' || l.n || ' was booked before version ' || l.version || ' was published'
FROM lines AS l JOIN published AS p ON p.campaign = l.campaign AND p.version = l.version
WHERE p.published_us IS NULL OR l.booked_us < p.published_us;
