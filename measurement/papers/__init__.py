"""Official papers: one file each, registered in registry.py. Nothing outside this package knows how a paper is made."""

from .issue import issue, issued_facts, render_pending
from .ready_files import ReadyFiles, confirmed_files, has_files, make_files, with_files
from .registry import KINDS, PaperKind, issuer_of

__all__ = [
    "KINDS",
    "PaperKind",
    "ReadyFiles",
    "confirmed_files",
    "has_files",
    "issue",
    "issued_facts",
    "issuer_of",
    "make_files",
    "render_pending",
    "with_files",
]
