"""Log lines: time, level, request and person by number, message; as text or as JSON. What names a person in a message (NIP, address) is blotted out."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import datetime
from typing import Any

REQUEST: ContextVar[Any] = ContextVar("request", default=None)
# a NIP however it is spaced, and an address of mail
PERSONAL = re.compile(r"\b\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}\b|[\w.+-]+@[\w-]+\.[\w.-]+")
BLOT = "[disamarkan]"


def request_number() -> str:
    """By which a person at the telephone and the log speak of the same request; "" outside of one."""
    return getattr(REQUEST.get(), "number", "")


def _person_number() -> str:
    """Only if somebody has asked who it is: the log asks no database."""
    person = getattr(REQUEST.get(), "_cached_user", None)
    return str(person.pk) if person is not None and person.pk else ""


class _Line(logging.Formatter):
    def facts(self, record: logging.LogRecord) -> dict[str, str]:
        text = super().format(record)
        return {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "request": request_number(),
            "user": _person_number(),
            "logger": record.name,
            "message": PERSONAL.sub(BLOT, text),
        }


class TextLine(_Line):
    """For reading: dashes where there is nothing."""

    def format(self, record: logging.LogRecord) -> str:
        return "{time} {level} {request} {user} {logger}: {message}".format(
            **{name: value or "-" for name, value in self.facts(record).items()}
        )


class JsonLine(_Line):
    """For machines: one object per line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False)


class Unalarmed(logging.Filter):
    """What any visitor can cause, who asks for a name that is not ours: a line to find a wrong ALLOWED_HOSTS by, no traceback and no report."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


FORMATTERS = {"text": "sakip.logs.TextLine", "json": "sakip.logs.JsonLine"}


def logging_config(form: str) -> dict[str, Any]:
    """Of Django's own words on requests only errors are kept: the line on each request says the rest, without what was typed into an address."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": FORMATTERS[form]}},
        "filters": {"unalarmed": {"()": "sakip.logs.Unalarmed"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "weasyprint": {"level": "ERROR"},
            "axes": {"level": "WARNING"},
            # it tells each time that nothing waits any more
            "django_tasks_db": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "django.security.DisallowedHost": {"filters": ["unalarmed"]},
            # it warns of each HEAD, which is how monitors ask
            "gunicorn.http.wsgi": {"level": "ERROR"},
        },
    }
