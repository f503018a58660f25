"""The worker that turns a folder into a BagIt bag (RFC 8493): its own process, because the library changes the working directory.

Called by building.py as a script: argument: the folder, whose content becomes the payload; JSON on stdin: `info` (bag-info.txt) and `notes`,
texts to stand beside the payload.
"""

import json
import logging
import sys
from pathlib import Path

import bagit

VERSION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def make(folder: Path, info: dict[str, str], notes: dict[str, str]) -> None:
    """The library writes the version before the RFC; the two differ in nothing that we use."""
    bagit.make_bag(str(folder), info, checksums=["sha256"])
    for name, text in {"bagit.txt": VERSION, **notes}.items():
        (folder / name).write_text(text, encoding="utf-8")
    bagit.Bag(str(folder)).save()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    make(Path(sys.argv[1]), **json.load(sys.stdin))
