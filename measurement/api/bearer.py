"""Who calls: a token of one office, its scopes, and how often it may call.

The counter stands in the token's own row, also where a cache is shared: one conditional UPDATE counts, keeps the limit and notes the last use,
whatever database, however many processes, and nothing is lost with a restart.
"""

import time
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from measurement.models import ApiToken, token_digest
from measurement.rules.machine_access import Scope

from .problems import Problem

MINUTE = 60
UNKNOWN = (
    "Kirim token yang masih berlaku pada tajuk Authorization: Bearer …. Token dibuat administrator kantor."
)


class Bearer(HttpBearer):
    """`Authorization: Bearer <token>`; nothing else is looked at, no cookie either."""

    openapi_description = "Token dari halaman Akses API administrator kantor."

    def __call__(self, request: HttpRequest) -> Any:
        found = super().__call__(request)
        if found is None:
            raise Problem(401, UNKNOWN, {"WWW-Authenticate": "Bearer"})
        return found

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token, once this call is counted. Problem where it calls too often."""
        usable = ApiToken.objects.usable(timezone.now()).select_related("unit")
        found = usable.filter(digest=token_digest(token)).first()
        if found is not None:
            count_call(found)
        return found


def count_call(token: ApiToken) -> None:
    """One of the calls of this minute. Two that open a minute at once: the second finds it open and is counted in it."""
    now = time.time()
    minute = int(now // MINUTE)
    row = ApiToken.objects.filter(pk=token.pk)
    counted = row.filter(minute=minute, used__lt=settings.API_CALLS_PER_MINUTE)
    for _ in range(2):
        if counted.update(used=F("used") + 1, last_used_at=timezone.now()):
            return
        if row.exclude(minute=minute).update(minute=minute, used=1, last_used_at=timezone.now()):
            return
    rest = MINUTE - int(now % MINUTE)
    raise Problem(
        429,
        f"Paling banyak {settings.API_CALLS_PER_MINUTE} permintaan per menit untuk satu token. Coba lagi dalam {rest} detik.",
        {"Retry-After": str(rest)},
    )


def caller(request: HttpRequest, scope: Scope | None = None) -> ApiToken:
    """The token of this call; Problem where it doesn't have the scope."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    if scope is not None and not token.allows(scope):
        raise Problem(
            403,
            f"Token ini tidak memiliki cakupan “{scope}”. Minta administrator kantor membuat token dengan cakupan itu.",
        )
    return token
