"""Tokens of the API: made and told once, kept as a hash, revoked; each with its line in the trail of settings."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.models import ApiToken, Person, SettingChange, Unit, token_digest
from measurement.record.setting_changes import record_setting
from measurement.rules.dates import local_date
from measurement.rules.machine_access import Scope
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import Role

PREFIX = "sakip_"  # by which a scanner of leaked secrets knows one
SECRET_BYTES, TAIL = 32, 6
MOST_TOKENS = 20
TOO_MANY_TOKENS = (
    f"Sudah ada {MOST_TOKENS} token yang berlaku. Cabut yang tidak dipakai lagi, lalu buat yang baru."
)


@sensitive_variables("secret")
@transaction.atomic
def make_token(
    unit: Unit, actor: Person, name: str, scopes: Sequence[Scope], days: int
) -> tuple[ApiToken, str]:
    """The token and its secret, which nobody can be told again."""
    check_administrator(actor, unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    now = timezone.now()
    if unit.api_tokens.usable(now).count() >= MOST_TOKENS:
        raise Incomplete(TOO_MANY_TOKENS)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        unit=unit,
        name=name,
        digest=token_digest(secret),
        tail=secret[-TAIL:],
        scopes=[scope.value for scope in Scope if scope in scopes],
        made_at=now,
        made_by=actor,
        expires_at=now + timedelta(days=days),
    )
    record_setting(unit, actor, SettingChange.Part.API, {}, {str(token): token_words(token)})
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, actor: Person) -> bool:
    """From now on it opens nothing; False where it was revoked before."""
    check_administrator(actor, token.unit)
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return False
    record_setting(
        token.unit, actor, SettingChange.Part.API, {str(token): token_words(token)}, {str(token): "dicabut"}
    )
    return True


def token_words(token: ApiToken) -> str:
    """ "siklus, hasil; berlaku sampai 5 Oktober 2026"."""
    return f"{', '.join(token.scope_list)}; berlaku sampai {local_date(token.expires_at)}"


def check_administrator(actor: Person, unit: Unit) -> None:
    """PermissionDenied for everybody who doesn't keep this office."""
    if Role.ADMINISTRATOR not in actor.roles_in(unit.pk):
        raise PermissionDenied
