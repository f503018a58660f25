"""What a file changes in a plan, in few statements per table."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from measurement.models import Indicator, Level, Pagu, PlanNode, SubUnit, Target

from .merge import Merge

LEVEL_ORDER = (Level.SASARAN, Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN)
MOST_PARAMETERS = 32766  # parameters of one statement: as many as SQLite takes since 3.32
AT_ONCE = 5000


def write_merged(merge: Merge) -> None:
    """Parents first; few statements per table."""
    fresh = {node.sub_unit.name: node.sub_unit for node in merge.nodes.values() if node.sub_unit}
    SubUnit.objects.bulk_create(sub_unit for sub_unit in fresh.values() if not sub_unit.pk)
    for level in LEVEL_ORDER:
        _upsert(PlanNode, [node for node in merge.nodes.values() if node.level == level])
    _upsert(Indicator, list(merge.indicators.values()))
    _upsert(Target, merge.targets)
    _upsert(Pagu, merge.pagu)
    gone = [pagu.pk for pagu in merge.pagu_gone]
    for start in range(0, len(gone), AT_ONCE):
        Pagu.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()


def _upsert(model, objects: list) -> None:
    """Insert what is new, overwrite what is there, by primary key."""
    fields = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    if objects:
        model.objects.bulk_create(objects, update_conflicts=True, unique_fields=["pk"], update_fields=fields)


@contextmanager
def long_statements() -> Iterator[None]:
    """SQLite: Django stays at the 999 parameters of old libraries, which would cut a large import into a thousand statements."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    connection.features.max_query_params = min(limit, MOST_PARAMETERS)
    try:
        yield
    finally:
        del connection.features.max_query_params
