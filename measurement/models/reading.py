"""Who reads what: the offices in which a person serves, and those of a government in which they hold a post that reads.

Serving and reading are two notions. Whatever acts asks `served_units` and `roles_in`, which know nothing of posts; `visible_to` of the querysets asks
`of_offices` here.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from measurement.rules.government_posts import GovernmentRole
from measurement.rules.permissions import SeesUnits

from .governments import GovernmentPost


class OfficeReader(models.Model):
    """A person as the holder of posts above the offices."""

    # so that a page asks for posts only of those who have had one (doors/governments.py)
    has_posts = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @cached_property
    def posts_in_force(self) -> list[GovernmentPost]:
        """Today's posts with their governments."""
        if not (self.has_posts and self.is_active):  # type: ignore[attr-defined]  # of the account
            return []
        return list(GovernmentPost.objects.in_force().filter(person=self.pk).select_related("government"))

    @cached_property
    def read_governments(self) -> frozenset[int]:
        """Whose offices this person may read, whether they serve there or not."""
        return frozenset(post.government_id for post in self.posts_in_force if post.reads_offices)

    @cached_property
    def _read_unit_ids(self) -> frozenset[int]:
        return frozenset(_offices_of(self.read_governments).values_list("pk", flat=True))

    @cached_property
    def _units_read(self) -> dict[int, Any]:
        return {}

    def unit_read(self, unit_id: int) -> Any:
        """A unit that this person reads, looked up once; DoesNotExist for any other."""
        if unit_id not in self._units_read:
            found = _offices_of(self.read_governments).select_related("predicate_scale")
            self._units_read[unit_id] = found.get(pk=unit_id)
        return self._units_read[unit_id]

    def reads_in(self, unit_id: int) -> bool:
        """Whether what an office keeps is read because of a post: asked in Python, of one thing after the other. Queries ask `of_offices`."""
        return bool(self.read_governments) and unit_id in self._read_unit_ids

    def government_roles(self, government_id: int) -> set[GovernmentRole]:
        return {GovernmentRole(p.role) for p in self.posts_in_force if p.government_id == government_id}


def _offices_of(governments: Iterable[int]) -> models.QuerySet:
    return apps.get_model("measurement", "Unit").objects.filter(belongs_to__in=governments)


def of_offices(person: SeesUnits, path: str = "unit") -> Q:
    """The offices in which a person serves or which they read; `path` leads to the office, and is empty for offices themselves.

    Read offices are looked up within the query: a list of a thousand keys would be longer than the answer.
    """
    return Q(**{f"{path}_id__in" if path else "pk__in": person.served_units}) | read_offices(person, path)


def listed_for(person: SeesUnits, office: int | None, path: str = "unit") -> Q:
    """What a list is about: the offices in which a person serves, or one of those that they may see. Ask `visible_to` as well."""
    return Q(**{f"{path}_id": office}) if office else Q(**{f"{path}_id__in": person.served_units})


def read_offices(person: SeesUnits, path: str = "unit") -> Q:
    """Those alone which a person reads because of a post; nothing is added to the query of anybody else."""
    if not person.read_governments:
        return Q()
    offices = _offices_of(person.read_governments).values("pk")
    return Q(**{f"{path}__in" if path else "pk__in": offices})
