"""The index over what papers say, for searches over many offices: a trigram index finds any part of a word ("surat" in "persuratan").

Nothing keeps it in step but the database. PostgreSQL has an index on the column `words` like any other (`pg_trgm`). SQLite has a table of FTS5
that reads the column itself, with three triggers on the table of papers: whatever writes a paper, also a migration or a command of SQL, writes
the index in the same transaction. `migrate` makes what is missing and builds it anew where the triggers were gone (SQLite drops them when a table
is rebuilt); `manage.py check --database default` and `verify_archive` say where it does not hold what the papers say. A database that can't have
the index is searched without.
"""

import contextlib
from collections.abc import Collection, Iterator

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

INDEX = "measurement_paper_words"
SHORTEST = 3  # letters; shorter texts have no trigram
TRIGRAMS_SINCE = (3, 34)
TABLE = (
    "CREATE VIRTUAL TABLE measurement_paper_words "
    "USING fts5(words, content='measurement_paper', content_rowid='id', tokenize='trigram')"
)
COME = "INSERT INTO measurement_paper_words (rowid, words) VALUES (NEW.id, NEW.words); "
GONE = (
    "INSERT INTO measurement_paper_words (measurement_paper_words, rowid, words) "
    "VALUES ('delete', OLD.id, OLD.words); "
)
TRIGGERS = {
    "search_paper_insert": ("INSERT", COME),
    "search_paper_update": ("UPDATE OF words", GONE + COME),
    "search_paper_delete": ("DELETE", GONE),
}
SAYING = "SELECT rowid FROM measurement_paper_words WHERE measurement_paper_words MATCH %s"
COMPARED = "INSERT INTO measurement_paper_words (measurement_paper_words, rank) VALUES ('integrity-check', 1)"
REBUILT = "INSERT INTO measurement_paper_words (measurement_paper_words) VALUES ('rebuild')"
FOUND = """
    SELECT name, sql FROM sqlite_master
    WHERE name = 'measurement_paper_words' OR tbl_name = 'measurement_paper' AND type = 'trigger'
"""
CAN_HAVE = """
    SELECT sqlite_compileoption_used('ENABLE_FTS5')
    AND EXISTS (SELECT 1 FROM pragma_table_info('measurement_paper') WHERE name = 'words')
"""
IN_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS measurement_paper_words ON measurement_paper USING gin (words gin_trgm_ops)",
)
BEHIND = "Indeks pencarian naskah tidak sama dengan naskahnya."


def indexed_words(texts: Collection[str]) -> Q | None:
    """Papers whose words say one of these texts, by the index; None where there is none, or one of them is too short for it.

    PostgreSQL uses its index by itself.
    """
    if min(map(len, texts)) < SHORTEST or not _has_table(connection):
        return None
    phrases = " OR ".join('"{}"'.format(text.replace('"', '""')) for text in sorted(texts))
    return Q(pk__in=RawSQL(SAYING, [phrases]))  # noqa: S611 – the phrases are a parameter


def _has_table(using) -> bool:
    """Asked once for each connection: whoever migrates begins the processes anew."""
    if using.vendor != "sqlite":
        return False
    if not hasattr(using, "has_words_index"):
        using.has_words_index = not missing_parts(using)
    return using.has_words_index


def missing_parts(using) -> list[str]:
    """What the index of SQLite lacks: itself, or triggers as they are worded here."""
    with using.cursor() as cursor:
        cursor.execute(FOUND)
        found = dict(cursor.fetchall())
    wanted = {INDEX: TABLE, **{name: _trigger(name) for name in TRIGGERS}}
    return [name for name, sql in wanted.items() if found.get(name) != sql]


def _trigger(name: str) -> str:
    event, does = TRIGGERS[name]
    return f"CREATE TRIGGER {name} AFTER {event} ON measurement_paper FOR EACH ROW BEGIN {does}END"


def is_in_step(using) -> bool:
    """Whether the index of SQLite says what the papers say, letter by letter; True where there is none."""
    if not _has_table(using):
        return True
    try:
        with transaction.atomic(using=using.alias), using.cursor() as cursor:
            cursor.execute(COMPARED)
    except DatabaseError:
        return False
    return True


def build_words_index(using) -> None:
    """Make it and its triggers anew, and read all papers."""
    with transaction.atomic(using=using.alias), using.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute("DROP TABLE IF EXISTS measurement_paper_words")
        cursor.execute(TABLE)
        for name in TRIGGERS:
            cursor.execute(_trigger(name))
        cursor.execute(REBUILT)
    using.has_words_index = True


def _can_have(using) -> bool:
    """Whether this database knows the table and its triggers: SQLite from 3.34 on, if it was built with FTS5."""
    if using.vendor != "sqlite" or using.Database.sqlite_version_info < TRIGRAMS_SINCE:
        return False
    with using.cursor() as cursor:
        cursor.execute(CAN_HAVE)
        (can,) = cursor.fetchone()
    return bool(can)


# What Django calls (apps.py connects them)


def complete_words_index(using, **kwargs) -> None:
    """After `migrate`: the index as it is written here. A server that doesn't give the extension is searched without."""
    found = connections[using]
    if _can_have(found) and missing_parts(found):
        build_words_index(found)
    elif found.vendor == "postgresql":
        with contextlib.suppress(DatabaseError), transaction.atomic(using=using), found.cursor() as cursor:
            for statement in IN_POSTGRESQL:
                cursor.execute(statement)


def check_words_index(app_configs, databases=None, **kwargs) -> Iterator[checks.CheckMessage]:
    """`manage.py check --database default`: the index is missing, or a trigger that keeps it in step."""
    for alias in databases or ():
        if _can_have(connections[alias]) and missing_parts(connections[alias]):
            yield checks.Warning(BEHIND, hint=f"Jalankan: {settings.COMMAND} migrate", id="measurement.W004")
