"""How each kind of database is opened: the same for the installation's own one and for those between which `move_database` moves."""

from django.core.exceptions import ImproperlyConfigured

SQLITE_COMMANDS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
)


POOL_PATIENCE = 10  # seconds that a page waits for one of the shared connections; then it is refused with 503
# The server keeps what it planned for a connection: planning was three quarters of what it did for a page.
PREPARED = {"server_side_binding": True, "prepare_threshold": 1}
# A replica that doesn't answer must not hold up a page: seconds to connect, milliseconds until what was sent is acknowledged.
REPLICA_PATIENCE = {"connect_timeout": 3, "tcp_user_timeout": 3000}


def with_options(config: dict, pool: int = 0, prepared: bool = True) -> dict:
    """The connection that an address describes, with what we ask of it. On PostgreSQL each thread keeps one, or the threads of a process share so
    many as `pool` says; `prepared`: the server keeps what it planned."""
    if config["ENGINE"].endswith("sqlite3"):
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_COMMANDS}
        return {**config, "OPTIONS": options}
    options = {**(PREPARED if prepared else {}), **config.get("OPTIONS", {})}
    kept = {**config, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    if not pool:
        return {**kept, "CONN_MAX_AGE": 600}
    shared = {"min_size": 1, "max_size": pool, "timeout": POOL_PATIENCE}
    return {**kept, "CONN_MAX_AGE": 0, "OPTIONS": {**options, "pool": shared}}


def replica_options(config: dict, pool: int = 0, prepared: bool = True) -> dict:
    """The replica's connection: as that of the primary, without its patience, and in tests the same database."""
    if config["ENGINE"].endswith("sqlite3"):
        raise ImproperlyConfigured("REPLICA_URL must be that of a PostgreSQL server.")
    options = {**REPLICA_PATIENCE, **config.get("OPTIONS", {})}
    return {**with_options({**config, "OPTIONS": options}, pool, prepared), "TEST": {"MIRROR": "default"}}
