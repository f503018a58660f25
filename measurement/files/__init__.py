"""How files are checked and kept. Every upload that is stored or read comes through `check_upload`."""

from .checking import ACCEPTED, CONTENT_TYPES, check_upload
from .names import clean_name
from .storing import absolute, fault, store_upload, stored, write_whole

__all__ = ["ACCEPTED", "CONTENT_TYPES", "absolute", "check_upload", "clean_name", "fault", "store_upload", "stored", "write_whole"]
