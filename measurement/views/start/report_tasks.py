"""A card for the head of the office about each report that was put before them and that they have not read."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from measurement.addresses import reverse
from measurement.messages.report_messages import report_title, sentences_of
from measurement.models import Person, ReportReceipt
from measurement.rules.dates import moment
from measurement.signing.waiting import signatures_waiting_for


def report_cards(person: Person, first: int, number: int) -> list[dict]:
    """What was found, what is below target, what is asked; to be read, signed, downloaded, and given on. So many from the first one on, the newest first."""
    waiting = ReportReceipt.objects.waiting_for(person, timezone.localdate())
    mine = signatures_waiting_for(person).filter(paper=OuterRef("paper")).values("pk")
    found = waiting.annotate(signer=Subquery(mine[:1])).select_related("paper", "cycle__unit")
    newest = found.order_by("-at", "-pk")[first : first + number]
    return [_card(receipt, receipt.signer) for receipt in newest]


def _card(receipt: ReportReceipt, signer: int | None) -> dict:
    page, paper = reverse("report", args=[receipt.cycle_id]), receipt.paper
    paper.cycle = receipt.cycle
    sign = [{"label": "Tanda tangani", "url": reverse("sign", args=[signer])}] if signer else []
    return {
        "title": report_title(paper),
        "cycle": f"dari {receipt.title}, {moment(receipt.at)}",
        "progress": "",
        "sentences": sentences_of(paper.content),
        "due": "",
        "state": {"key": "berjalan", "label": "Belum dibaca"},
        "url": page,
        "action": "Baca laporan",
        "more": [
            *sign,
            {"label": "Unduh", "url": reverse("paper", args=[paper.pk])},
            {"label": "Disposisi", "url": f"{page}#disposisi"},
        ],
    }
