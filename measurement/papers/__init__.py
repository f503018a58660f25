"""Official papers: one file each, registered in registry.py. Nothing outside this package knows how a paper is made."""

from .issue import issue, issued_facts, render_pending
from .registry import KINDS, PaperKind, issuer_of

__all__ = ["KINDS", "PaperKind", "issue", "issued_facts", "issuer_of", "render_pending"]
