"""Recomputes orders.json and splits.json, the settlement's order and the random split by their written
rules, without Fivefold's code.

Run it here:  python3 reference.py
"""

import hashlib
import hmac
import json


def lp(*parts):
    parts = [p if isinstance(p, bytes) else p.encode() for p in parts]
    return b"".join(len(p).to_bytes(4, "big") + p for p in parts)


def order(seed, campaign, players):
    return sorted(players, key=lambda p: hmac.digest(seed, lp("fivefold/order/v1", campaign, p), "sha256"))


def case(seed, campaign, count):
    players = [f"p{i:02d}" for i in range(count)]
    return {"seed": seed.hex(), "campaign": campaign, "order": order(seed, campaign, players)}


def split(seed, campaign, count, pool, floor=0, cap=0):
    """Shares a pool out at random, with whole numbers of any size."""
    players = order(seed, campaign, [f"p{i:02d}" for i in range(count)])
    root = hashlib.sha256(b"".join(lp("fivefold/redeemed/v1", campaign, p) for p in sorted(players))).digest()
    weights = [int.from_bytes(hmac.digest(seed, lp("fivefold/split/v1", campaign, root, p), "sha256")[:4], "big") for p in players]
    rest = pool - count * floor
    if rest < 0 or sum(weights) == 0:  # equal; the cases here have no cap then
        rule, weighted = "equal", [pool // count for _ in players]
    else:
        rule, weighted = "random", [floor + rest * w // sum(weights) for w in weights]
    leftover = pool - sum(weighted)
    shares = [s + (i < leftover) for i, s in enumerate(weighted)]
    paid = [min(s, cap) if cap else s for s in shares]
    return {
        "seed": seed.hex(), "campaign": campaign, "pool": pool, "floor": floor, "cap": cap, "split": rule,
        "root": root.hex(), "weights": sum(weights), "leftover": leftover, "overflow": pool - sum(paid),
        "shares": [{"player": p, "weight": w, "amount": a} for p, w, a in zip(players, weights, paid)],
    }


def write(name, cases):
    with open(name, "w", encoding="utf-8") as f:
        f.write(json.dumps(cases, ensure_ascii=False, indent=1) + "\n")


write("orders.json", [
    case(bytes(range(32)), "c1", 20),
    case(bytes(range(32)), "春节", 20),
    case(b"\xff" * 32, "c1", 20),
    case(bytes(32), "c1", 1),
    case(bytes(32), "c1", 0),
])
write("splits.json", [
    split(bytes(range(32)), "c1", 7, 100_000),
    split(bytes(range(32)), "春节", 20, 888_888, floor=8_888),
    split(b"\xff" * 32, "c1", 20, 10**15, floor=1, cap=6 * 10**13),
    split(b"\xff" * 32, "c1", 12, 1_000, floor=84),
    split(bytes(32), "c1", 1, 77, floor=7),
])
