"""Lists a page at a time: plain numbered pages, the page's other choices kept in the address. Drawn by `components/pagination.html`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from measurement.models import Prepared

PAGE = "halaman"
AROUND, AT_ENDS = 2, 1  # numbers beside the page that is shown, and at both ends


@dataclass(frozen=True)
class PagedList:
    """One page of a list. `name` is what its number is called in the address; of several lists on a page it is the id of the list as well."""

    page: Page
    name: str = PAGE
    query: str = ""  # the address's other choices

    @classmethod
    def of(
        cls,
        found: "Sequence[Any] | QuerySet[Any, Any] | PreparedList",
        request: HttpRequest,
        per_page: int,
        name: str = PAGE,
    ) -> "PagedList":
        """The page that the address asks for; the nearest one there is where it asks for none."""
        kept = request.GET.copy()
        kept.pop(name, None)
        query = f"&{kept.urlencode()}" if kept else ""
        return cls(FirstPageFirst(cast("Any", found), per_page).get_page(request.GET.get(name)), name, query)

    @property
    def count(self) -> int:
        """Of all pages."""
        return self.page.paginator.count

    @property
    def is_first(self) -> bool:
        return self.page.number == 1

    @property
    def has_others(self) -> bool:
        return self.page.has_other_pages()

    @property
    def title(self) -> str:
        """What tells it from other lists of the page."""
        return "Halaman" if self.name == PAGE else f"Halaman {self.name}"

    @property
    def previous_url(self) -> str:
        return self._url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def links(self) -> list[dict]:
        """The numbers, those far away left out."""
        shown = self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=AROUND, on_ends=AT_ENDS
        )
        return [
            {
                "label": str(number),
                "url": self._url(number) if isinstance(number, int) else "",
                "current": number == self.page.number,
            }
            for number in shown
        ]

    def _url(self, number: int) -> str:
        place = "" if self.name == PAGE else f"#{self.name}"
        return f"?{self.name}={number}{self.query}{place}"


class PreparedList:
    """A list whose first page a query gives that was written once (`first`), with one row more than the page has; those behind it are asked when
    somebody turns to them. `counted` are its rows where the page knows their number anyway."""

    ordered = True

    def __init__(
        self, first: Prepared | None, whole: Callable[..., QuerySet], *given: Any, counted: int | None = None
    ):
        self.first, self.whole, self.given, self.counted = first, whole, given, counted

    def __getitem__(self, part: slice) -> list[Any]:
        if self.first and not part.start:
            return self.first.rows(*self.given)
        return list(self.whole(*self.given)[part])

    def count(self) -> int:
        return self.whole(*self.given).count() if self.counted is None else self.counted


class FirstPageFirst(Paginator):
    """Fetches the first page with one row more: a list that ends there isn't counted by a query of its own, nor one whose rows say `of_all`, how many
    there are."""

    @cached_property
    def _first(self) -> list:
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def count(self) -> int:
        if len(self._first) <= self.per_page:
            return len(self._first)
        return getattr(self._first[0], "of_all", None) or super().count

    def page(self, number):
        if self.validate_number(number) == 1:
            return Page(self._first[: self.per_page], 1, self)
        return super().page(number)
