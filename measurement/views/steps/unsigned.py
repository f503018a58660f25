"""Step 11: what nobody has signed yet, and whether the archive waits for it."""

from measurement.addresses import reverse
from measurement.models import MeasurementCycle, PaperSigner, Person
from measurement.rules.sop import Output
from measurement.signing.waiting import ELECTRONIC, unsigned_of

from ..visitor import PersonRequest


def unsigned_context(request: PersonRequest, cycle: MeasurementCycle) -> dict:
    lines = [_line(signer, request.user) for signer in unsigned_of(cycle)]
    return {
        "unsigned": lines,
        "blocking": sum(line["blocks"] for line in lines),
        "later": sum(not line["blocks"] for line in lines),
    }


def _line(signer: PaperSigner, person: Person) -> dict:
    """One signature: whose, on which paper, and where to go. Only the report has to carry its electronic signatures before the archive."""
    mine, by_ink = signer.person_id == person.pk, signer.method not in ELECTRONIC
    return {
        "title": signer.paper.title,
        "number": signer.paper.number,
        "who": f"{signer.person}, {signer.title}",
        "how": "tanda tangan basah, belum diunggah" if by_ink else "tanda tangan elektronik",
        "blocks": signer.paper.kind == Output.LAPORAN and not by_ink,
        "url": reverse("sign", args=[signer.pk])
        if mine or by_ink
        else reverse("paper", args=[signer.paper_id]),
        "action": "Unggah" if by_ink else "Tanda tangani" if mine else "Lihat naskah",
    }
