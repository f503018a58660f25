"""How files are checked and kept. Every upload that is stored or read comes through `check_upload`."""

from .bucket import StorageAway
from .checking import ACCEPTED, CONTENT_TYPES, check_upload
from .emblem import RULE as EMBLEM_RULE
from .emblem import check_emblem
from .names import clean_name
from .storing import (
    absolute,
    at_hand,
    fault,
    remove,
    store_table,
    store_upload,
    stored_path,
    take_in,
    write_whole,
)

__all__ = [
    "ACCEPTED",
    "CONTENT_TYPES",
    "EMBLEM_RULE",
    "StorageAway",
    "absolute",
    "at_hand",
    "check_emblem",
    "check_upload",
    "clean_name",
    "fault",
    "remove",
    "store_table",
    "store_upload",
    "stored_path",
    "take_in",
    "write_whole",
]
