"""Addresses of pages, each worked out once in a process: Django works them out anew each time, and a page names up to four hundred."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.urls import reverse as worked_out
from django.utils.http import urlencode


def reverse(name: str, args: Sequence[object] = (), query: Mapping[str, Any] | None = None) -> str:
    """The address of a page by its name, as Django's own `reverse` gives it. `NoReverseMatch` where there is none."""
    address = _address(name, tuple(args))
    asked = urlencode(query, doseq=True) if query else ""
    return f"{address}?{asked}" if asked else address


@lru_cache(maxsize=20_000)
def _address(name: str, args: tuple) -> str:
    return worked_out(name, args=args)
