"""The library bagit as the judge of our bags: it knows nothing of our code. What it does that newer Pythons deprecate is its own matter."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bagit


@contextmanager
def quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def opened(bag: Path) -> bagit.Bag:
    with quiet():
        return bagit.Bag(str(bag))


def verdict(bag: Path) -> str:
    """What the library finds wrong; "" for a sound bag."""
    try:
        with quiet():
            bagit.Bag(str(bag)).validate()
    except bagit.BagError as error:
        return str(error) or type(error).__name__
    return ""


def make_by_library(folder: Path, info: dict[str, str]) -> None:
    """The folder becomes a bag, its content the payload."""
    with quiet():
        bagit.make_bag(str(folder), dict(info), checksums=["sha256"])


def make_whole(bag: Path, payload: bool = True) -> None:
    """Manifests (or only that of the tag files) of what stands there now, as somebody who forges a package would make them."""
    with quiet():
        bagit.Bag(str(bag)).save(manifests=payload)
