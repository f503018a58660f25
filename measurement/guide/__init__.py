"""The help as data: how each job is done (`jobs`, `steps`), which page it belongs to (`places`), and what the terms mean (`terms`)."""

from .job import Job
from .jobs import JOBS, PARTS
from .page_keys import ANYWHERE, KEYS, keys_of
from .places import PLACES, help_place_of
from .terms import TERM_GROUPS, TERMS, Term
from .wording import OfficeGuide

__all__ = [
    "ANYWHERE",
    "JOBS",
    "KEYS",
    "PARTS",
    "PLACES",
    "TERMS",
    "TERM_GROUPS",
    "Job",
    "OfficeGuide",
    "Term",
    "help_place_of",
    "keys_of",
]
