"""Private keys at rest. Office keys open with the server's secret alone, an official's only with their PIN and that secret together.

A sealed key is one line of text: version $ way $ which secret $ salt $ nonce and AES-256-GCM ciphertext, the bytes in base64.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

VERSION = "sakip1"
OFFICE, PERSONAL = "kantor", "pin"
SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024**2}  # 32 MB and about 0.1 s a guess
NONCE_BYTES, SALT_BYTES = 12, 16


class WrongPin(Exception):
    """The key does not open with this PIN."""


class SealBroken(Exception):
    """The key was sealed under another secret of the server, for something else, or its text was changed."""


def seal_office(key: bytes, use: str) -> str:
    """Seal a key (PKCS8 DER) of the office; `use` names whose and what for, and it opens for nothing else."""
    return _sealed(OFFICE, key, b"", _office_secret(use), use)


@sensitive_variables()
def open_office(sealed: str, use: str) -> bytes:
    """The key (PKCS8 DER); SealBroken if it can't be had."""
    try:
        return _opened(sealed, OFFICE, lambda salt: _office_secret(use), use)
    except InvalidTag:
        raise SealBroken(use) from None


@sensitive_variables()
def seal_personal(key: bytes, pin: str, use: str) -> str:
    """Seal a key (PKCS8 DER) of an official behind their PIN."""
    salt = os.urandom(SALT_BYTES)
    return _sealed(PERSONAL, key, salt, _pin_secret(pin, salt), use)


@sensitive_variables()
def open_personal(sealed: str, pin: str, use: str) -> bytes:
    """The key (PKCS8 DER); WrongPin if the PIN is not the one, SealBroken if no PIN could open it."""
    try:
        return _opened(sealed, PERSONAL, lambda salt: _pin_secret(pin, salt), use)
    except InvalidTag:
        raise WrongPin from None


@sensitive_variables()
def _sealed(way: str, key: bytes, salt: bytes, secret: bytes, use: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    box = nonce + AESGCM(secret).encrypt(nonce, key, use.encode())
    return "$".join(
        (VERSION, way, _which_secret(), *(base64.b64encode(part).decode() for part in (salt, box)))
    )


@sensitive_variables()
def _opened(sealed: str, way: str, secret_of: Callable[[bytes], bytes], use: str) -> bytes:
    try:
        version, found, which, *parts = sealed.split("$")
        salt, box = (base64.b64decode(part, validate=True) for part in parts)
    except (ValueError, binascii.Error):
        raise SealBroken(use) from None
    if (version, found, which) != (VERSION, way, _which_secret()):
        raise SealBroken(use)
    return AESGCM(secret_of(salt)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], use.encode())


def _derived(purpose: str, length: int = 32) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=f"sakip/{purpose}".encode()).derive(
        settings.SIGNING_SECRET.encode()
    )


def _office_secret(use: str) -> bytes:
    return _derived(f"{OFFICE}/{use}")


@sensitive_variables()
def _pin_secret(pin: str, salt: bytes) -> bytes:
    """Slow on purpose, and worth nothing to somebody who has the database but not the server's secret."""
    peppered = hmac.digest(_derived(PERSONAL), pin.encode(), hashlib.sha256)
    return hashlib.scrypt(peppered, salt=salt, dklen=32, **SCRYPT)


def _which_secret() -> str:
    """Tells the server's secrets apart without saying anything about them."""
    return _derived("tanda", 4).hex()
