"""How files are checked and kept. Every upload that is stored or read comes through `check_upload`."""

from .checking import ACCEPTED, CONTENT_TYPES, check_upload
from .emblem import RULE as EMBLEM_RULE
from .emblem import check_emblem
from .names import clean_name
from .storing import absolute, fault, store_table, store_upload, stored_path, write_whole

__all__ = [
    "ACCEPTED",
    "CONTENT_TYPES",
    "EMBLEM_RULE",
    "absolute",
    "check_emblem",
    "check_upload",
    "clean_name",
    "fault",
    "store_table",
    "store_upload",
    "stored_path",
    "write_whole",
]
