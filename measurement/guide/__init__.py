"""The help as data: how each job is done (`jobs`, `steps`), which page it belongs to (`places`), and what the terms mean (`terms`)."""

from .job import Job
from .jobs import JOBS, PARTS
from .places import PLACES, help_place_of
from .terms import TERM_GROUPS, TERMS, Term
from .wording import OfficeGuide

__all__ = ["JOBS", "PARTS", "PLACES", "TERMS", "TERM_GROUPS", "Job", "OfficeGuide", "Term", "help_place_of"]
