"""What a backup says of itself: versions, counts, and size and SHA-256 of everything in it. Also as SHA256SUMS, for checking without this software."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from .databases import NotDone

FORMAT = 1
MANIFEST, SUMS, README = "manifes.json", "SHA256SUMS", "BACA-DULU.txt"
FILES = "berkas"
SQLITE, POSTGRESQL = "basis-data.sqlite3", "basis-data.pgdump"
DAMAGED = "Cadangan ini rusak dan tidak dipulihkan: {names}."
UNREADABLE = "{place} bukan cadangan yang dapat dibaca."
TOLD = """Cadangan SAKIP, dibuat {made_at}.

{database}  basis data ({engine})
{files}/  berkas naskah, bukti, dan arsip
{manifest}  isi, ukuran, SHA-256, versi, dan jumlah baris setiap tabel
Periksa tanpa aplikasi ini: sha256sum --check {sums}
Pulihkan: {command} restore FOLDER

Rahasia (SECRET_KEY, SIGNING_SECRET, kata sandi surel dan BSrE) TIDAK ada di sini. Simpan berkas pengaturan (SAKIP_ENV) di tempat lain yang
terpisah dari cadangan ini: tanpa SIGNING_SECRET kunci tanda tangan pejabat tidak dapat dibuka lagi dan harus dibuat baru.
"""


@dataclass(frozen=True)
class KeptFile:
    """One file of a backup, below its folder."""

    path: str
    size: int
    sha256: str


@dataclass
class Manifest:
    """`counts` are of the database as it was copied; `missing` are files that records named and that were not there; `others` were there unnamed."""

    made_at: str
    version: str
    database: KeptFile
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    files: list[KeptFile] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    others: int = 0
    secret: str = ""
    format: int = FORMAT

    @property
    def size(self) -> int:
        return self.database.size + sum(one.size for one in self.files)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1))
        (folder / README).write_text(
            TOLD.format(
                made_at=self.made_at,
                database=self.database.path,
                engine=self.engine,
                files=FILES,
                manifest=MANIFEST,
                sums=SUMS,
                command=settings.COMMAND,
            )
        )
        sums = [(self.database.sha256, self.database.path)]
        sums += [(one.sha256, one.path) for one in self.files]
        sums += [(sha256_of_file(folder / name), name) for name in (MANIFEST, README)]
        (folder / SUMS).write_text("".join(f"{digest}  {path}\n" for digest, path in sums))


def manifest_in(folder: Path) -> Manifest:
    """NotDone for what is no backup of ours."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        files = [KeptFile(**one) for one in told.pop("files")]
        return Manifest(database=KeptFile(**told.pop("database")), files=files, **told)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NotDone(UNREADABLE.format(place=folder)) from error


def check_content(folder: Path, manifest: Manifest) -> None:
    """Every byte is as it was written; NotDone with the names of what isn't."""
    wrong = [
        one.path
        for one in (manifest.database, *manifest.files)
        if not _inside(folder, one.path) or sha256_of_file(folder / one.path) != one.sha256
    ]
    if wrong:
        raise NotDone(DAMAGED.format(names=", ".join(wrong[:20])))


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file; "" for one that is not there."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _inside(folder: Path, path: str) -> bool:
    return (folder / path).resolve().is_relative_to(folder.resolve())


def secret_mark() -> str:
    """By which a restored installation knows whether its SIGNING_SECRET opens the keys; the secret itself can't be had from it."""
    return hmac.new(settings.SIGNING_SECRET.encode(), b"sakip backup", hashlib.sha256).hexdigest()[:16]
