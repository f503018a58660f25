"""How files are checked and kept. Every upload that is stored or read comes through `check_upload`."""

from .checking import ACCEPTED, CONTENT_TYPES, check_upload
from .names import clean_name
from .storing import absolute, store_upload, write_whole

__all__ = ["ACCEPTED", "CONTENT_TYPES", "absolute", "check_upload", "clean_name", "store_upload", "write_whole"]
