"""How each kind of database is opened: the same for the installation's own one and for those between which `move_database` moves."""

SQLITE_COMMANDS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
)


def with_options(config: dict) -> dict:
    """The connection that an address describes, with what we ask of it."""
    if config["ENGINE"].endswith("sqlite3"):
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_COMMANDS}
        return {**config, "OPTIONS": options}
    return {**config, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
