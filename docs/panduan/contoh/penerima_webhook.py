"""Memeriksa tanda tangan kiriman webhook (Standard Webhooks). Hanya pustaka baku Python; `headers` dengan nama berhuruf kecil."""

import base64
import hashlib
import hmac
import time

MOST_SECONDS = 5 * 60  # kiriman yang lebih tua ditolak, supaya tidak dapat diputar ulang


def is_genuine(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Apakah kiriman ini dari SAKIP dan belum lama."""
    if abs(time.time() - int(headers["webhook-timestamp"])) > MOST_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = (one.partition(",")[2] for one in headers["webhook-signature"].split() if one.startswith("v1,"))
    return any(hmac.compare_digest(one, wanted) for one in given)
