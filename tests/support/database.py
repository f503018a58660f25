"""The database asked directly: raw SQL, refusals, and a trigger switched off."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from measurement.models import triggers


@contextmanager
def refused(sentence: str | None = None, error=IntegrityError):
    """A refusal that leaves the test's own transaction usable."""
    with pytest.raises(error, match=sentence), transaction.atomic():
        yield


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def without(trigger_name: str) -> None:
    """Take one trigger off, as somebody with the database file in hand could; the test's rollback puts it back."""
    trigger = next(trigger for trigger in triggers.TRIGGERS if trigger.name == trigger_name)
    on_table = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
    sql(f"DROP TRIGGER {trigger.name}{on_table}")
