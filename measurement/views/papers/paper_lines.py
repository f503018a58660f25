"""Issued papers as lists show them."""

from django.utils import timezone

from measurement.addresses import reverse
from measurement.rules.dates import long_date
from measurement.signing.waiting import signing_state


def paper_line(paper) -> dict:
    """One paper of a list: what it is, when and by whom it was issued, how far it is signed, and whether it was withdrawn. Needs the paper as `listed()` gives it."""
    return {
        "title": paper.title,
        "kind": paper.kind,
        "number": paper.number,
        "date": long_date(timezone.localtime(paper.issued_at)),
        "signer": str(paper.issued_by),
        "withdrawn": paper.void.reason if hasattr(paper, "void") else "",
        "replaced_by": paper.replaced_by.number if hasattr(paper, "replaced_by") else "",
        "signing": signing_state(paper),
        "is_signed": paper.asked == paper.signed,
        "url": reverse("paper", args=[paper.pk]),
        "verify_url": reverse("verify_paper", args=[paper.code]),
    }
