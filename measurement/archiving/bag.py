"""BagIt bags (RFC 8493) with SHA-256: written around a payload, read, and checked file by file."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils import timezone

DECLARATION, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
VERSION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
READABLE = ("0.97", "1.0")  # the two differ in nothing that stands in our packages
OXUM = "Payload-Oxum"

LINE_END = re.compile(r"\r\n|\r|\n")
ENTRY = re.compile(r"([0-9A-Fa-f]{64})[ \t]+\*?(.+)")
# What the RFC encodes in the name of a file, and nothing else.
ENCODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}


def write_bag(bag: Path, info: dict[str, str], notes: dict[str, str]) -> dict[str, str]:
    """Make the folder, whose payload stands in `data`, a bag; `notes` are texts beside the payload. Name of a payload file → SHA-256."""
    digests = {name: sha256_of(bag / name) for name in _payload(bag)}
    made = {"Bagging-Date": timezone.localdate().isoformat(), OXUM: _count(bag)}
    texts = {
        **notes,
        DECLARATION: VERSION,
        INFO: "".join(f"{label}: {value}\n" for label, value in sorted((info | made).items())),
        MANIFEST: manifest_text(digests),
    }
    for name, text in texts.items():
        (bag / name).write_bytes(text.encode())
    tags = {name: sha256_of(bag / name) for name in sorted(texts)}
    (bag / TAG_MANIFEST).write_bytes(manifest_text(tags).encode())
    return digests


def bag_faults(bag: Path, unlisted: Iterable[str] = ()) -> Iterator[str]:
    """Sentences on every file that is not as the manifests list it. Nothing may stand in the folder but what they list, and `unlisted`."""
    try:
        _check_declaration(bag)
        listed = bag_digests(bag) | _tag_digests(bag)
    except (OSError, ValueError):
        yield "bukan paket BagIt yang sah."
        return
    found = set(_names_below(bag)) - {TAG_MANIFEST}
    faults = [
        *(f"{name} hilang." for name in sorted(listed.keys() - found)),
        *(f"{name} tidak terdaftar." for name in sorted(found - listed.keys() - set(unlisted))),
        *(
            f"{name} berubah."
            for name in sorted(found & listed.keys())
            if sha256_of(bag / name) != listed[name]
        ),
    ]
    yield from faults or _info_faults(bag)


def bag_digests(bag: Path) -> dict[str, str]:
    """Name of every payload file → SHA-256, as the manifest lists them. ValueError if it lists anything else."""
    listed = read_manifest((bag / MANIFEST).read_bytes().decode())
    if not all(name.startswith("data/") for name in listed):
        raise ValueError("the manifest lists a file outside the payload")
    return listed


def _tag_digests(bag: Path) -> dict[str, str]:
    """The same for what stands beside the payload. What it said of a payload file would contradict the manifest unseen."""
    listed = read_manifest((bag / TAG_MANIFEST).read_bytes().decode())
    if any(name.startswith("data/") for name in listed):
        raise ValueError("the manifest of the tag files lists a payload file")
    return listed


def read_info(bag: Path) -> dict[str, str]:
    """The fields of bag-info.txt; a line that begins with a space goes on with the one above it. ValueError if a field has no colon."""
    text = re.sub(r"(?:\r\n|\r|\n)[ \t]+", " ", (bag / INFO).read_bytes().decode())
    fields = (line.split(":", 1) for line in LINE_END.split(text) if line.strip())
    return {label.strip(): value.strip() for label, value in fields}


def read_manifest(text: str) -> dict[str, str]:
    """Name → SHA-256. ValueError for a line that is no entry, and for a file that is listed twice."""
    lines = [line for line in LINE_END.split(text) if line]
    entries = [entry for entry in map(ENTRY.fullmatch, lines) if entry]
    if len(entries) < len(lines):
        raise ValueError("a line of the manifest is no entry")
    listed = {_decoded(entry[2]): entry[1].lower() for entry in entries}
    if len(listed) < len(entries):
        raise ValueError("the manifest lists a file twice")
    return listed


def manifest_text(digests: dict[str, str]) -> str:
    """One line per file, as `sha256sum` reads it."""
    return "".join(f"{digest}  {_encoded(name)}\n" for name, digest in digests.items())


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _info_faults(bag: Path) -> Iterator[str]:
    """The count of the payload comes last: it says that something differs, not what."""
    try:
        if read_info(bag).get(OXUM, _count(bag)) != _count(bag):
            yield f"{OXUM} tidak sama dengan isi paket."
    except (OSError, ValueError):
        yield f"{INFO} tidak terbaca."


def _check_declaration(bag: Path) -> None:
    """ValueError unless it says in the two lines of the RFC that this is a bag of a version that is read here."""
    lines = LINE_END.split((bag / DECLARATION).read_bytes().decode().strip())
    if lines not in ([f"BagIt-Version: {number}", VERSION.splitlines()[1]] for number in READABLE):
        raise ValueError("bagit.txt declares something else")
    if not (bag / "data").is_dir():
        raise ValueError("there is no payload")


def _names_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _payload(bag: Path) -> list[str]:
    return [name for name in _names_below(bag) if name.startswith("data/")]


def _count(bag: Path) -> str:
    """The bytes and the number of the payload's files, as Payload-Oxum puts them."""
    sizes = [(bag / name).stat().st_size for name in _payload(bag)]
    return f"{sum(sizes)}.{len(sizes)}"


def _encoded(name: str) -> str:
    return re.sub(r"[%\r\n]", lambda found: ENCODED[found[0]], name)


def _decoded(name: str) -> str:
    return re.sub(r"%(25|0D|0A)", lambda found: chr(int(found[1], 16)), name, flags=re.IGNORECASE)
