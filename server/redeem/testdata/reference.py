"""Recomputes orders.json, the settlement's order by its written rule, without Fivefold's code.

Run it here:  python3 reference.py > orders.json
"""

import hmac
import json


def lp(*parts):
    return b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)


def order(seed, campaign, players):
    return sorted(players, key=lambda p: hmac.digest(seed, lp("fivefold/order/v1", campaign, p), "sha256"))


def case(seed, campaign, count):
    players = [f"p{i:02d}" for i in range(count)]
    return {"seed": seed.hex(), "campaign": campaign, "order": order(seed, campaign, players)}


print(json.dumps([
    case(bytes(range(32)), "c1", 20),
    case(bytes(range(32)), "春节", 20),
    case(b"\xff" * 32, "c1", 20),
    case(bytes(32), "c1", 1),
    case(bytes(32), "c1", 0),
], ensure_ascii=False, indent=1))
