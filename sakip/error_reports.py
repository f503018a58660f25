"""Errors reported to a Sentry server of the office's choice: what broke and where, nothing about persons or what they typed."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .logs import BLOT, PERSONAL, request_number

LACKING = "SENTRY_DSN needs sentry-sdk: pip install 'sakip[sentry]'"


def report_errors(address: str, version: str) -> None:
    try:
        import sentry_sdk  # noqa: PLC0415 – an optional extra, loaded only where it is wanted
    except ImportError as error:
        raise ImproperlyConfigured(LACKING) from error
    sentry_sdk.init(
        dsn=address,
        release=version,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        traces_sample_rate=0.0,
        max_breadcrumbs=0,
        before_send=without_persons,
    )


def without_persons(event: Any, hint: Any) -> Any:
    """The address without its query, no cookies or headers, and messages without numbers of persons."""
    request = event.get("request") or {}
    event["request"] = {name: request[name] for name in ("method", "url") if name in request}
    event["user"] = {}
    event.setdefault("tags", {})["request"] = request_number()
    for found in (event.get("exception") or {}).get("values", ()):
        found["value"] = PERSONAL.sub(BLOT, str(found.get("value", "")))
    return event
