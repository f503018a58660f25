"""A cycle ends with a report that counts: one that was withdrawn is asked for again, and never handed out as the result."""

from dataclasses import replace

import pytest
from django.urls import reverse

from measurement.doors import voiding, workflow
from measurement.models import Message
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import ARCHIVE, REPORT_TO_CAMAT, Output, State
from tests.support.characters import cycle_at, fresh, prepare, store_papers
from tests.support.pages import logged_in, words

REASON = "Angka serapan keliru dicetak."


@pytest.fixture
def withdrawn(kecamatan):
    """A cycle that waits for step 11 and whose only Laporan Hasil was withdrawn."""
    cycle = cycle_at(kecamatan, ARCHIVE.key)
    voiding.void(cycle.papers.get(kind=Output.LAPORAN), kecamatan.sekcam, REASON)
    prepare(kecamatan, cycle)
    store_papers(cycle)
    return fresh(cycle)


def test_tim_sakip_cannot_archive_without_a_valid_report(kecamatan, withdrawn):
    with pytest.raises(Incomplete, match="Laporan Hasil"):
        workflow.perform(withdrawn, ARCHIVE.key, kecamatan.tim)
    page = logged_in(kecamatan.tim).get(reverse("step", args=[withdrawn.pk, ARCHIVE.number]))
    assert "Belum ada Laporan Hasil yang berlaku" in words(page)


def test_the_closing_message_links_the_valid_report(kecamatan, withdrawn):
    again = voiding.issue_again(withdrawn.papers.get(kind=Output.LAPORAN), kecamatan.sekcam)
    store_papers(withdrawn)
    workflow.perform(withdrawn, ARCHIVE.key, kecamatan.tim)
    told = Message.objects.get(person=kecamatan.camat, kind=Message.Kind.DONE)
    assert told.url == reverse("paper", args=[again.pk])
    assert again.number in told.text


def test_the_report_is_issued_again_wherever_the_cycle_waits_after_the_approval(
    kecamatan, withdrawn, monkeypatch
):
    """As if the SOP had one more step between the report and the archive."""
    earlier = replace(REPORT_TO_CAMAT, target=State.LAPORAN)
    monkeypatch.setitem(voiding.STEP_BY_OUTPUT, Output.LAPORAN, earlier)
    assert voiding.issue_again(withdrawn.papers.get(kind=Output.LAPORAN), kecamatan.sekcam).is_valid


def test_no_list_offers_a_withdrawn_report(kecamatan, withdrawn):
    number = withdrawn.papers.get(kind=Output.LAPORAN).number
    for name in ("cycles", "achievement"):
        assert number not in words(logged_in(kecamatan.camat).get(reverse(name))), name
