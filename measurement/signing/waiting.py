"""Which signatures wait for whom, and how far a paper is signed, in words."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from measurement.models import ListedPaper, MeasurementCycle, PaperSigner, Person, SigningMethod
from measurement.models.papers import overtaken

ELECTRONIC = (SigningMethod.LOKAL, SigningMethod.BSRE)


def waiting_signatures() -> QuerySet[PaperSigner]:
    """Signatures whose turn it is, on papers that are valid."""
    return _unsigned().filter(~Exists(_unsigned_before()))


def _unsigned() -> QuerySet[PaperSigner]:
    return PaperSigner.objects.filter(signature=None, paper__void=None, paper__replaced_by=None).exclude(
        overtaken("paper__")
    )


def unsigned_of(cycle: MeasurementCycle) -> QuerySet[PaperSigner]:
    """What is not signed yet on the papers of a cycle that still ask for it, in the order of issue."""
    found = _unsigned().filter(paper__cycle=cycle).select_related("person", "paper")
    return found.defer("paper__content", "paper__words").order_by("paper__issued_at", "position")


def _unsigned_before() -> QuerySet[PaperSigner]:
    """Signatures on the same paper that come first and aren't there yet; to be used inside a query over signers."""
    return PaperSigner.objects.filter(
        paper=OuterRef("paper"), position__lt=OuterRef("position"), signature=None
    )


def waiting_behind(person: Person) -> QuerySet[PaperSigner]:
    """This person's signatures whose turn comes later, each with the post whose signature is `awaited` now."""
    awaited = _unsigned_before().order_by("position").values("title")[:1]
    mine = _unsigned().filter(
        Exists(_unsigned_before()), person=person, paper__unit_id__in=person.served_units
    )
    return mine.annotate(awaited=Subquery(awaited))


def signatures_waiting_for(person: Person) -> QuerySet[PaperSigner]:
    """What this person can sign by themselves now, in the offices where they serve."""
    return waiting_signatures().filter(
        person=person, method__in=ELECTRONIC, paper__unit_id__in=person.served_units
    )


def to_upload(person: Person) -> QuerySet[PaperSigner]:
    """Papers signed with ink whose scan this person may upload: their own, and all papers of the offices where they lead or evaluate."""
    led = Q(paper__unit_id__in=person.led_units)
    mine = Q(person=person, paper__unit_id__in=person.served_units) | led
    return waiting_signatures().filter(mine, method=SigningMethod.MANUAL)


def signing_state(paper: ListedPaper) -> str:
    """How far a listed paper is signed; "" for one that nobody signs."""
    if not paper.asked:
        return ""
    done = f"Ditandatangani {paper.signed} dari {paper.asked}" if paper.asked > 1 else "Ditandatangani"
    if paper.signed == paper.asked:
        return done
    if paper.overtaken:
        return "Sudah diperbaiki kemudian; tidak perlu ditandatangani lagi"
    by_ink = paper.next_method == SigningMethod.MANUAL
    waits = "Tanda tangan basah, belum diunggah" if by_ink else f"Menunggu tanda tangan {paper.next_title}"
    return f"{done}. {waits}" if paper.signed else waits
