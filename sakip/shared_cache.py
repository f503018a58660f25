"""The cache that all processes share (CACHE_URL: Redis or Valkey). What it holds stands in the database, too, so pages go on without it.

One that is away is asked again after a few seconds. What could not be forgotten in it meanwhile, such as the session of somebody who logged out, must
not come back with it: this process then empties it first.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
AWAY_FOR = 5  # seconds
# a page must not wait for what only makes it quicker
PATIENCE = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}


class ForgivingRedis(RedisCache):
    """Django's own, of which nobody hears that it is away: nothing is found in it then, and nothing kept."""

    away_until = 0.0  # of this process; the methods are those of each thread's object
    is_stale = False

    def __init__(self, server: str, params: dict[str, Any]):
        super().__init__(server, {**params, "OPTIONS": {**PATIENCE, **params.get("OPTIONS", {})}})

    def _ask(self, name: str, missing: Any, *given: Any, **more: Any) -> Any:
        kind = type(self)
        if time.monotonic() < kind.away_until:
            kind.is_stale |= name in WRITING
            return missing
        try:
            if kind.is_stale:
                super().clear()
                kind.is_stale = False
            return getattr(super(), name)(*given, **more)
        except (RedisError, OSError) as error:
            kind.away_until = time.monotonic() + AWAY_FOR
            kind.is_stale |= name in WRITING
            logger.warning("the cache can't be asked: %s", error)
            return missing

    def add(self, *given: Any, **more: Any) -> Any:
        return self._ask("add", True, *given, **more)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", default, key, default, version)

    def set(self, *given: Any, **more: Any) -> Any:
        return self._ask("set", None, *given, **more)

    def touch(self, *given: Any, **more: Any) -> Any:
        return self._ask("touch", False, *given, **more)

    def delete(self, *given: Any, **more: Any) -> Any:
        return self._ask("delete", False, *given, **more)

    def has_key(self, *given: Any, **more: Any) -> Any:
        return self._ask("has_key", False, *given, **more)

    def get_many(self, *given: Any, **more: Any) -> Any:
        return self._ask("get_many", {}, *given, **more)

    def set_many(self, *given: Any, **more: Any) -> Any:
        return self._ask("set_many", [], *given, **more)

    def delete_many(self, *given: Any, **more: Any) -> Any:
        return self._ask("delete_many", None, *given, **more)

    def clear(self) -> Any:
        return self._ask("clear", False)


WRITING = {"add", "set", "touch", "delete", "set_many", "delete_many", "clear"}
