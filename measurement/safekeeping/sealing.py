"""Locked backups, in the format of age (age-encryption.org): for the holders of keys, or behind a passphrase. `age` itself opens them, too.

A passphrase opens a small file with a key that is made for this backup alone, and that key opens the rest, as age does with identity files of its
own: the rest is then written and read as a stream, however big it is.
"""

import os
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, copyfileobj
from typing import Any

import pyrage

from .databases import NotDone

CONTENT, KEY = "cadangan.tar.age", "kunci.age"
WRONG_KEY = "Kata sandi atau kunci tidak membuka cadangan ini."
NEEDS_KEY = "Cadangan ini terkunci. Sebutkan --passphrase-file atau --identity."
BAD_KEY = "Kunci penerima “{text}” tidak dikenal: harus diawali age1… atau ssh-…."
FOREIGN = "Cadangan ini berisi “{name}”, yang tidak dapat berasal dari perintah backup."
SHORT = "Kata sandi cadangan paling sedikit 12 karakter."
LEAST = 12
CHUNK = 1024**2


@dataclass(frozen=True)
class Lock:
    """Who may open a backup: keys of recipients, and whoever knows the passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""

    def __post_init__(self):
        if self.passphrase and len(self.passphrase) < LEAST:
            raise NotDone(SHORT)
        for text in self.recipients:
            _recipient(text)

    def seal(self, folder: Path, locked: Path, readme: Path) -> Path:
        """The folder as one locked file in a new one, with what everybody may read beside it."""
        locked.mkdir(mode=0o700)
        recipients = [_recipient(text) for text in self.recipients]
        if self.passphrase:
            key = pyrage.x25519.Identity.generate()
            recipients.append(key.to_public())
            (locked / KEY).write_bytes(pyrage.passphrase.encrypt(str(key).encode(), self.passphrase))
        copyfile(readme, locked / readme.name)
        with _pipe(lambda stream: _pack(folder, stream)) as content, (locked / CONTENT).open("wb") as target:
            pyrage.encrypt_io(content, target, recipients)
        return locked


def unseal(locked: Path, folder: Path, passphrase: str = "", identity: Path | None = None) -> None:
    """Open a locked backup into a folder; NotDone where the key is another, or a byte was changed."""
    if not passphrase and identity is None:
        raise NotDone(NEEDS_KEY)
    try:
        keys = [_identity(identity.read_bytes())] if identity else [_key_of(locked, passphrase)]
        with (
            (locked / CONTENT).open("rb") as source,
            _pipe(lambda stream: pyrage.decrypt_io(source, stream, keys)) as content,
        ):
            with tarfile.open(fileobj=content, mode="r|") as archive:
                _unpack(archive, folder)
            while content.read(CHUNK):  # to the last byte, which is proved last
                pass
    except (pyrage.DecryptError, pyrage.IdentityError, tarfile.TarError) as error:
        raise NotDone(WRONG_KEY) from error


def _key_of(locked: Path, passphrase: str) -> Any:
    return _identity(pyrage.passphrase.decrypt((locked / KEY).read_bytes(), passphrase))


def _identity(content: bytes) -> Any:
    lines = [line for line in content.decode().splitlines() if line.startswith("AGE-SECRET-KEY-")]
    return pyrage.x25519.Identity.from_str(lines[0]) if lines else pyrage.ssh.Identity.from_buffer(content)


def _recipient(text: str) -> Any:
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise NotDone(BAD_KEY.format(text=text)) from error


def _pack(folder: Path, stream: Any) -> None:
    with tarfile.open(fileobj=stream, mode="w|") as archive:
        archive.add(folder, arcname=".")


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Files and folders, and only inside: Debian 12's Python (3.11.2) knows no filter of extractall."""
    for member in archive:
        target = folder / member.name
        if not target.resolve().is_relative_to(folder.resolve()) or not (member.isdir() or member.isreg()):
            raise NotDone(FOREIGN.format(name=member.name))
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
        elif content := archive.extractfile(member):
            with content, target.open("wb") as copy:
                copyfileobj(content, copy, CHUNK)


@contextmanager
def _pipe(write: Any) -> Iterator[Any]:
    """What another thread writes, to be read here as a stream; what went wrong there is told here."""
    reading, writing = os.pipe()
    failed: list[Exception] = []

    def run() -> None:
        try:
            with os.fdopen(writing, "wb") as stream:
                write(stream)
        except Exception as error:  # whatever it was, it belongs to the one who reads
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as stream:
            yield stream
    except tarfile.ReadError:
        if not failed:
            raise
    finally:
        thread.join()
    if failed:
        raise failed[0]
