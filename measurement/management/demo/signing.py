"""The demonstration office signs by itself: an authority, keys of its officials behind one PIN, and every paper signed when its step is done."""

from django.db.models import Q
from django.utils import timezone

from measurement import archiving, papers
from measurement.doors import paper_signing
from measurement.models import MeasurementCycle, Person, SigningMethod, Unit
from measurement.signing import authority, keys
from measurement.signing.waiting import waiting_signatures

PIN = "135790"
NOTHING = Q(pk=None)
OFFICIALS = ("camat", "sekcam", "tim1", "tim2", "tim3", "tim4")


def make_keys(unit: Unit) -> None:
    """The office's authority, and keys in force for those who sign papers."""
    if not authority.active_keys(unit).exists():
        authority.make_authority(unit, timezone.now())
    for person in Person.objects.filter(username__in=OFFICIALS):
        key = keys.active_key(person, unit.pk)
        if key is None or key.expires_at <= timezone.now():
            keys.make_key(person, unit, PIN)


def sign_papers(cycle: MeasurementCycle, leaving: Q = NOTHING) -> None:
    """All signatures that a cycle's papers wait for but those to be left, in their order, with the clock's moment; after the last one the archive package."""
    papers.render_pending(cycle)
    while signers := list(
        waiting_signatures()
        .filter(paper__cycle=cycle, method=SigningMethod.LOKAL)
        .exclude(leaving)
        .select_related("person")
    ):
        for signer in signers:
            paper_signing.sign_paper(signer, signer.person, secret=PIN)
    if archived := MeasurementCycle.objects.archived().filter(pk=cycle.pk).first():
        archiving.package_or_later(archived)
