"""Stored files in S3-compatible storage (S3_URL). The bucket holds what counts; the media folder of each machine then only has what it lately used.

Nothing is written over: the storage itself refuses a name that is taken, and the same bytes again are no fault. The browser never sees an address of
the bucket: who may have a file, the application decides.
"""

import base64
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import storages

BUCKET = "bucket"
CHUNK = 1024**2
TEMPORARY = ".sementara-"
TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
MISSING = {"NoSuchKey", "404"}


class StorageAway(OSError):
    """The storage did not answer, or refused us."""


def is_used() -> bool:
    return bool(settings.S3_URL)


def put(path: str, content: Path, *, unrecorded: bool = False) -> None:
    """Keep a file under this name. FileExistsError where other bytes have it, but for whoever knows that no record names them (`unrecorded`)."""
    with content.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        stream.seek(0)
        code = _send(path, stream, digest.digest(), {} if unrecorded else {"IfNoneMatch": "*"})
    if code in TAKEN and bucket_digest(path) != digest.hexdigest():
        raise FileExistsError(f"{path} holds other bytes")


def _send(path: str, stream: BinaryIO, digest: bytes, condition: dict[str, str]) -> str:
    """ "" when it was taken; else the code by which the name is known to be taken. The storage compares what arrived with the digest."""
    checked = base64.b64encode(digest).decode()
    with _answered(*TAKEN) as said:
        _bucket().put_object(Key=path, Body=stream, ChecksumSHA256=checked, **condition)
    return said.get("code", "")


def fetch(path: str, target: Path) -> bool:
    """The file at this place of the machine, whole or not at all; False where the bucket has none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as file:
            found = [file.write(part) for part in _parts(path)]
        if found:
            os.replace(temporary, target)
        return bool(found)
    finally:
        Path(temporary).unlink(missing_ok=True)


def bucket_digest(path: str) -> str:
    """SHA-256 of what the bucket holds now; "" for nothing."""
    digest, count = hashlib.sha256(), 0
    for part in _parts(path):
        digest.update(part)
        count += 1
    return digest.hexdigest() if count else ""


def is_in_bucket(path: str) -> bool:
    with _answered(*MISSING) as said:
        _bucket().Object(path).load()
    return not said


def drop_object(path: str) -> None:
    with _answered(*MISSING):
        _bucket().Object(path).delete()


def names(prefix: str = "") -> dict[str, datetime]:
    """Everything in the bucket, with when it was written."""
    with _answered():
        return {one.key: one.last_modified for one in _bucket().objects.filter(Prefix=prefix)}


def ask() -> None:
    """StorageAway unless the bucket answers."""
    with _answered():
        _bucket().meta.client.head_bucket(Bucket=_bucket().name)


def _bucket() -> Any:
    storage: Any = storages[BUCKET]  # that of django-storages, which brings no types
    return storage.bucket


def _parts(path: str) -> Iterator[bytes]:
    """The bytes piece by piece, at least one piece; none where nothing is kept under that name."""
    with _answered(*MISSING):
        body = _bucket().Object(path).get()["Body"]
        yield b""
        yield from body.iter_chunks(CHUNK)


@contextmanager
def _answered(*expected: str) -> Iterator[dict[str, str]]:
    """What the storage answers; a code that is expected is noted, any other is StorageAway."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 – only where S3 is used

    said: dict[str, str] = {}
    try:
        yield said
    except ClientError as error:
        said["code"] = error.response.get("Error", {}).get("Code", "")
        if said["code"] not in expected:
            raise StorageAway(f"the storage refused: {said['code']}") from error
    except BotoCoreError as error:
        raise StorageAway(f"the storage did not answer: {error}") from error
