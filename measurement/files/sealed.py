"""Things of our own that wait in a file, under our own seal: only what this installation wrote, about this very thing, is ever read again."""

import pickle

from django.utils.crypto import constant_time_compare, salted_hmac


def sealed(value: object, about: str) -> bytes:
    """What is written into the file."""
    content = pickle.dumps(value)
    return _seal(content, about) + content


def unsealed(kept: bytes, about: str) -> object | None:
    """What is kept in the file; None if it is about something else, or was written by another version of the program."""
    size = len(_seal(b"", about))
    content = kept[size:]
    if not constant_time_compare(kept[:size], _seal(content, about)):
        return None
    try:
        return pickle.loads(content)  # noqa: S301 – sealed by us, see above
    except (AttributeError, ImportError, TypeError):
        return None


def _seal(content: bytes, about: str) -> bytes:
    return salted_hmac(about, content, algorithm="sha256").digest()
