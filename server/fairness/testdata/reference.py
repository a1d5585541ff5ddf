"""Recomputes vectors.json by the scheme as it is written down, without Fivefold's code.

HKDF and HMAC are from the standard library; AES-GCM and Ed25519 from the package `cryptography`.
Run it here:  python3 reference.py > vectors.json
"""

import base64
import hashlib
import hmac
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def lp(*parts):
    """Length-prefixed parts: text as UTF-8, bytes as they are, numbers as eight bytes."""
    message = b""
    for part in parts:
        if isinstance(part, str):
            part = part.encode()
        elif isinstance(part, int):
            part = part.to_bytes(8, "big", signed=True)
        message += len(part).to_bytes(4, "big") + part
    return message


def hkdf(secret, purpose):
    """HKDF-SHA256 (RFC 5869) without salt, 32 bytes: one block of output."""
    extracted = hmac.digest(bytes(32), secret, "sha256")
    return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def base64url(b):
    return base64.urlsafe_b64encode(b).rstrip(b"=").decode()


SECRET = bytes(range(1, 41))
receipt_key = Ed25519PrivateKey.from_private_bytes(hkdf(SECRET, "fivefold/receipt/v1"))


def campaign(name, master, rounds):
    nonce = hashlib.sha256(name.encode()).digest()[:12]
    sealed = nonce + AESGCM(hkdf(SECRET, "fivefold/seal/v1")).encrypt(nonce, master, name.encode())
    seeds = [hmac.digest(master, lp("fivefold/seed/v1", name, r), "sha256") for r in range(rounds + 1)]
    return {
        "campaign": name,
        "sealed_key": sealed.hex(),
        "commitments": [
            {"round": r, "hash": hashlib.sha256(s).hexdigest(), "seed": s.hex()} for r, s in enumerate(seeds)
        ],
    }


def version(name):
    document = compact({
        "odds": {
            "outcomes": [
                {"id": "harmony", "kind": "card", "card": 3, "weight": 250000000},
                {"id": "dedication", "kind": "card", "card": 5, "weight": 1000000, "fallback": "harmony"},
                {"id": "wildcard", "kind": "wildcard", "weight": 0},
            ],
            "miss": 749000000,
        },
        "guarantee": {"every": 12, "weights": [1000000000, 0, 0]},
        "rounds": [{
            "number": 1, "opens_at": "2026-02-10T12:00:00Z", "closes_at": "2026-02-10T12:10:00Z",
            "window_seconds": 60, "chances": 120, "taps_per_second": 5,
        }],
        "stocks": [{
            "outcome": "dedication", "total": 7,
            "releases": [{"at": "2026-02-10T12:00:00Z", "released": 3}, {"at": "2026-02-10T12:05:00.5Z", "released": 7}],
        }],
    })
    digest = hashlib.sha256(lp("fivefold/version/v1", name, document)).hexdigest()
    return {"campaign": name, "document": document, "hash": digest}


def receipt(**statement):
    statement = compact(statement)
    signature = receipt_key.sign(lp("fivefold/receipt/v1", statement))
    return base64url(statement.encode()) + "." + base64url(signature)


WHO = {"campaign": "c1", "player": "p234567"}
WHEN = {"booked_at": "2026-02-10T12:00:07.250001Z"}
print(json.dumps({
    "secret": SECRET.hex(),
    "derived": {p: hkdf(SECRET, p).hex() for p in ("fivefold/token/v1", "fivefold/ticket/v1")},
    "receipt_key": receipt_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
    "campaigns": [campaign("c1", bytes(range(32)), 3), campaign("春节", b"\xff" * 32, 1)],
    "versions": [version("c1"), version("春节")],
    "receipts": {
        "card": receipt(**WHO, round=1, window=2, index=64, n=1, kind="card", outcome="harmony", version=1, **WHEN),
        "limited": receipt(**WHO, round=1, window=2, index=65, n=2, kind="card", outcome="dedication",
                           serial=7, version=2, **WHEN),
        "fallback": receipt(**WHO, round=1, window=2, index=66, n=3, kind="card", outcome="harmony",
                            raw="dedication", version=2, **WHEN),
        "sold out": receipt(**WHO, round=1, window=2, index=67, n=4, kind="sold_out", raw="dedication",
                            version=2, **WHEN),
        "cash": receipt(**WHO, round=1, window=2, index=68, n=5, kind="cash", outcome="packet", serial=3,
                        amount=88, version=2, **WHEN),
        "voucher": receipt(**WHO, round=1, window=2, index=69, n=6, kind="voucher", outcome="tea", serial=12,
                           version=2, **WHEN),
    },
}, indent=1, ensure_ascii=False))
