"""Official papers: one file each, registered here under the SOP's outputs. Nothing outside this package knows how a paper is made."""

from .issue import issue, issued_facts, render_pending
from .registry import KINDS, PaperKind

__all__ = ["KINDS", "PaperKind", "issue", "issued_facts", "render_pending"]
