"""Where a page reads: from the primary database, or from a replica of it that PostgreSQL keeps (REPLICA_URL).

Only a page that is declared for it (measurement/replica_reading.py) reads from the replica, and only while the replica is at hand and not too far behind.
Everything else reads from the primary, and all writing goes there. Each process looks for itself every two seconds how far behind the replica is.
"""

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock

from django.db import DEFAULT_DB_ALIAS, Error, connections

logger = logging.getLogger(__name__)
REPLICA = "replica"
LOOKED_EVERY, GONE_FOR = 2, 10  # seconds; one that is gone costs a time-out for each look
TOLD_FROM = 3  # seconds
# Who somebody is and where they serve decides what they may see, so it is never asked of something that is behind.
ON_PRIMARY = frozenset(
    {"measurement.Person", "measurement.Appointment", "measurement.GovernmentPost", "sessions.Session"}
)
# A replica that has replayed all that it received is up to date only while it goes on receiving.
LAG = """
    SELECT CASE WHEN NOT pg_is_in_recovery() THEN 0
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver) THEN 0
        ELSE EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END
"""
_place: ContextVar[str] = ContextVar("where this request reads", default=DEFAULT_DB_ALIAS)


class ReplicaRouter:
    """Which database Django asks. Both hold the same rows, so objects of one may point at those of the other."""

    def db_for_read(self, model, **hints) -> str:
        return DEFAULT_DB_ALIAS if model._meta.label in ON_PRIMARY else reading_place()

    def db_for_write(self, model, **hints) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints) -> bool:
        return True

    def allow_migrate(self, db, app_label, **hints) -> bool | None:
        return False if db == REPLICA else None


def reading_place() -> str:
    """The database from which this request reads."""
    return _place.get()


@contextmanager
def from_replica() -> Iterator[None]:
    """What is read in the block comes from the replica."""
    before = _place.set(REPLICA)
    try:
        yield
    finally:
        _place.reset(before)


@dataclass
class Condition:
    """What this process saw of the replica when it last looked; math.inf for one that was never seen or is gone."""

    looked_at: float = -math.inf
    behind: float = math.inf


condition, looking = Condition(), Lock()


def seconds_behind() -> float:
    """How far the replica is behind; math.inf where it can't be asked. Looked up by one thread; the others meanwhile take what it saw before."""
    wait = LOOKED_EVERY if condition.behind < math.inf else GONE_FOR
    if time.monotonic() - condition.looked_at >= wait and looking.acquire(blocking=False):
        try:
            condition.behind = _asked()
        finally:
            condition.looked_at = time.monotonic()
            looking.release()
    return condition.behind


def seconds_told() -> int:
    """So many whole seconds is what this page reads behind; 0 where nobody need be told."""
    return round(condition.behind) if reading_place() == REPLICA and condition.behind > TOLD_FROM else 0


def leave_replica() -> None:
    """It failed while it was read: until the next look nobody reads there."""
    condition.behind, condition.looked_at = math.inf, time.monotonic()
    connections[REPLICA].close()


def _asked() -> float:
    connection = connections[REPLICA]
    try:
        with connection.cursor() as cursor:
            cursor.execute(LAG if connection.vendor == "postgresql" else "SELECT 0")
            (found,) = cursor.fetchone()
    except Error as error:
        logger.warning("the replica can't be asked: %s", error)
        connection.close()
        return math.inf
    # it has replayed nothing yet
    return math.inf if found is None else float(found)
