"""Realisasi anggaran as other systems print it: read, added up per sub kegiatan, and asked about where it is not plain."""

from .columns_used import Wanted
from .questions import SpendingQuestion
from .reading import Spending, read_spending
from .summing import SpentOn

__all__ = ["Spending", "SpendingQuestion", "SpentOn", "Wanted", "read_spending"]
