"""How far a file is, byte for byte, one that was stored: a changed, lengthened or shortened copy is known even when nothing in it can be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from measurement import files

# A damaged copy differs in less than any signature is long; one that somebody else signed differs in more.
MOST_DAMAGE = 512


@dataclass(frozen=True)
class ByteComparison:
    """What a file has in common with a stored one: bytes from the beginning, and further ones from the end."""

    size: int
    stored_size: int
    beginning: int
    ending: int

    @property
    def kept(self) -> int:
        return self.beginning + self.ending

    @property
    def alike(self) -> bool:
        """More than half of the stored file is there. Whoever lacks that much of a paper learns nothing about the rest."""
        return self.kept * 2 > self.stored_size

    @property
    def slight(self) -> bool:
        """As long as the stored file, and changed in one small place."""
        return self.size == self.stored_size and self.size - self.kept <= MOST_DAMAGE

    @property
    def lengthened(self) -> bool:
        return self.beginning == self.stored_size

    @property
    def sentence(self) -> str:
        if self.lengthened:
            return f"Ada {self.size - self.stored_size} byte ditambahkan sesudah akhir berkas yang tersimpan."
        if self.kept >= self.size:
            return f"Ada {self.stored_size - self.size} byte dari berkas yang tersimpan hilang."
        if self.stored_size - self.kept == 1:
            return "Satu byte berbeda dari berkas yang tersimpan."
        return (
            f"Bagian sepanjang {self.stored_size - self.kept} byte tidak sama dengan berkas yang tersimpan."
        )


def compare_bytes(pdf: bytes, stored: bytes) -> ByteComparison:
    shorter = min(len(pdf), len(stored))
    beginning = _most(shorter, lambda count: pdf[:count] == stored[:count])
    ending = _most(
        shorter - beginning, lambda count: pdf[len(pdf) - count :] == stored[len(stored) - count :]
    )
    return ByteComparison(len(pdf), len(stored), beginning, ending)


def _most(limit: int, holds) -> int:
    """The greatest count up to a limit for which `holds` is true; where it is true of a count, it is true of all smaller ones."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def nearest(pdf: bytes, versions: Iterable) -> ByteComparison | None:
    """The comparison with the stored version that has most in common with the file."""
    stored = (files.at_hand(version.path) for version in versions)
    compared = [compare_bytes(pdf, path.read_bytes()) for path in stored if path.is_file()]
    return max(compared, key=lambda comparison: comparison.kept, default=None)
