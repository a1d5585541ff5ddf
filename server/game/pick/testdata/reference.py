"""Makes the vectors of this folder: draws.json and guarantee.json.

Written from the scheme alone, with hmac, hashlib and unbounded integers; it shares no code
with the Go package that the vectors test.  Run it in its own folder:  python3 reference.py
"""

import hashlib
import hmac
import json

SCALE = 10**9
MISS = -1


def lp(*parts):
    out = b""
    for part in parts:
        if isinstance(part, str):
            part = part.encode("utf-8")
        elif isinstance(part, int):
            part = part.to_bytes(8, "big")
        out += len(part).to_bytes(4, "big") + part
    return out


def number(seed, campaign, player, client_seed, round_, window, index):
    block, lane = divmod(index - 1, 4)
    message = lp("fivefold/draw/v1", campaign, player, client_seed, round_, window, block)
    digest = hmac.new(seed, message, hashlib.sha256).digest()
    return int.from_bytes(digest[8 * lane : 8 * lane + 8], "big")


def pick(weights, x):
    u = (x * SCALE) >> 64
    for position, weight in enumerate(weights):
        if u < weight:
            return position
        u -= weight
    return MISS


def sha(text):
    return hashlib.sha256(text.encode()).digest()


def holder(name, campaign="gala-2026", seed=None):
    """The parts of a draw that do not change within a round."""
    return {
        "seed": seed or sha("round seed of " + name),
        "campaign": campaign,
        "player": "player-" + name,
        "client_seed": sha("client seed of " + name),
    }


def vector(who, round_, window, index, weights):
    x = number(who["seed"], who["campaign"], who["player"], who["client_seed"], round_, window, index)
    return {
        "seed": who["seed"].hex(),
        "campaign": who["campaign"],
        "player": who["player"],
        "client_seed": who["client_seed"].hex(),
        "round": round_,
        "window": window,
        "index": index,
        "x": str(x),
        "weights": weights,
        "outcome": pick(weights, x),
    }


# Five cards, one of them scarce, a wildcard, and a miss of 62 %.
CARDS = [90_000_000, 90_000_000, 90_000_000, 90_000_000, 10_000_000, 10_000_000]
EVEN = [200_000_000] * 5
CERTAIN = [[SCALE if i == j else 0 for i in range(5)] for j in range(5)]
NEVER = [0, 0, 0, 0, 0]
GAPS = [0, 300_000_000, 0, 300_000_000, 0]
THIN = [1, 1, 1, 1, 1]


def draws():
    ann, bob = holder("ann"), holder("bob", campaign="daily")
    out = [vector(ann, 1, 1, i, CARDS) for i in range(1, 65)]
    out += [vector(bob, 1, 1, i, EVEN) for i in range(1, 17)]
    for certain in CERTAIN:
        out += [vector(ann, 1, 2, i, certain) for i in (1, 4, 64)]
    out += [vector(ann, 1, 2, i, NEVER) for i in (1, 2, 3, 4, 5, 63, 64)]
    out += [vector(bob, 2, 1, i, GAPS) for i in range(1, 9)]
    out += [vector(bob, 2, 2, i, THIN) for i in range(1, 5)]
    for round_, window in ((1, 3), (2, 1), (2, 3), (31, 1), (31, 1440), (2**31, 2**31)):
        out += [vector(ann, round_, window, i, CARDS) for i in (1, 7)]
    # Seeds at their ends, ids that are not ASCII or need many bytes, far indexes.
    zero = {"seed": bytes(32), "campaign": "c", "player": "p", "client_seed": bytes(32)}
    ones = {"seed": b"\xff" * 32, "campaign": "春节集五福", "player": "玩家🧧", "client_seed": b"\xff" * 32}
    long = holder("long", campaign="c" * 300)
    for who in (zero, ones, long):
        out += [vector(who, 1, 1, i, CARDS) for i in (1, 2, 5, 256, 100_000)]
    out += borders(ann) + rare(ann)
    # Bonus chances: window 0.
    out += [vector(who, round_, 0, i, CARDS) for who in (ann, ones) for round_ in (1, 2) for i in range(1, 9)]
    return out


def borders(who):
    """An outcome owns the u below its cumulative weight: exactly u belongs to the next."""
    out = []
    for index in (1, 2, 3):
        x = number(who["seed"], who["campaign"], who["player"], who["client_seed"], 9, 1, index)
        u = (x * SCALE) >> 64
        for first in (u - 1, u, u + 1):
            out.append(vector(who, 9, 1, index, [first, SCALE - first]))
        out.append(vector(who, 9, 1, index, [u]))
        out.append(vector(who, 9, 1, index, [u + 1]))
    return out


def rare(who):
    """The first chance that gives each outcome of the table, the scarce ones too."""
    out, wanted, index = [], set(range(len(CARDS))) | {MISS}, 0
    while wanted:
        index += 1
        found = vector(who, 3, 1, index, CARDS)
        if found["outcome"] in wanted:
            wanted.remove(found["outcome"])
            out.append(found)
    return out


def guaranteed(who, round_, window, chances, weights, every, second):
    """The outcomes of all chances of a window: a block at a time, as the rule is told.

    No guarantee counts bonus chances, which are those of window 0.
    """
    xs = [
        number(who["seed"], who["campaign"], who["player"], who["client_seed"], round_, window, i)
        for i in range(1, chances + 1)
    ]
    outcomes = []
    for start in range(0, chances, every):
        block = xs[start : start + every]
        found = [pick(weights, x) for x in block]
        if window > 0 and all(o == MISS for o in found[:-1]):
            found[-1] = pick(second, block[-1])
        outcomes += found
    return {
        "seed": who["seed"].hex(),
        "campaign": who["campaign"],
        "player": who["player"],
        "client_seed": who["client_seed"].hex(),
        "round": round_,
        "window": window,
        "weights": weights,
        "guarantee": {"every": every, "weights": second},
        "outcomes": outcomes,
    }


def guarantees():
    scarce = [0, 0, 0, 0, SCALE]
    thin = [20_000_000] * 5
    out = []
    for name, every in (("ann", 2), ("bob", 3), ("eve", 4), ("kim", 5), ("liu", 10), ("mo", 64), ("nan", 256)):
        who = holder(name)
        chances = every * max(2, 60 // every)
        out.append(guaranteed(who, 1, 1, chances, thin, every, scarce))
        out.append(guaranteed(who, 2, 7, chances, NEVER, every, EVEN))
        out.append(guaranteed(who, 3, 1, chances, CERTAIN[1], every, scarce))
        # In most blocks all but the last are misses by chance, and the last need not be one.
        out.append(guaranteed(who, 4, 2, chances, [50_000_000, 0, 0, 0, 0], every, EVEN))
        out.append(guaranteed(who, 5, 2, chances, [400_000_000, 0, 0, 0, 0], every, scarce))
    out.append(guaranteed(holder("ann"), 6, 0, 60, thin, 5, scarce))
    return out


def write(name, vectors):
    lines = ",\n".join(json.dumps(v, ensure_ascii=False) for v in vectors)
    with open(name, "w", encoding="utf-8") as f:
        f.write("[\n" + lines + "\n]\n")


if __name__ == "__main__":
    write("draws.json", draws())
    write("guarantee.json", guarantees())
