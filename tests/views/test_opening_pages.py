"""Data awal: who may enter, approve and see them, and what stays as it was."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from measurement.models import OpeningFigure, OpeningSet, Person, Plan
from measurement.record.opening import figures_in_force
from tests.support.characters import office, open_cycle
from tests.support.opening import FACTS, act, approved, begun, chair_of, fill_in
from tests.support.pages import drained, logged_in, words
from tests.support.sheets import PDF


@pytest.fixture
def late(db):
    """An office whose first cycle is that of TW III, in the second year of its plan."""
    made = office()
    Plan.objects.filter(pk=made.plan.pk).update(start_year=2025)
    made.plan.refresh_from_db()
    open_cycle(made, 3)
    made.chair = chair_of(made.unit)
    return made


def realised(made, number: int = 0) -> str:
    return f"realised-{made.indicators[number].pk}"


def test_the_page_names_the_places_and_the_chair(late):
    page = words(logged_in(late.tim).get(reverse("opening")))
    assert "Dapat diisi: tahun 2025, TW I 2026, dan TW II 2026." in page
    assert f"Yang menyetujui: Ketua Tim SAKIP, yaitu {late.chair}." in page


def test_a_degree_at_the_end_of_a_sentence_brings_its_own_full_stop(late):
    Person.objects.filter(pk=late.chair.pk).update(name="ASN Contoh 04, S.E.")
    page = words(logged_in(late.tim).get(reverse("opening")))
    assert "Ketua Tim SAKIP, yaitu ASN Contoh 04, S.E. " in page
    assert "S.E.." not in page


def test_without_a_chair_the_page_says_so(db):
    made = office()
    assert "Ketua Tim SAKIP belum ditunjuk" in words(logged_in(made.tim).get(reverse("opening")))


def test_a_set_needs_its_document(late):
    answer = logged_in(late.tim).post(reverse("opening"), {"document": "", "dated": ""})
    assert answer.status_code == 422
    assert "Sebutkan nama dan nomor dokumennya." in words(answer)
    assert not OpeningSet.objects.exists()


def test_what_was_typed_is_kept_until_the_chair_approves(late):
    opening = begun(late)
    assert fill_in(late, opening, "2026-1", {realised(late): "2"}).status_code == 302
    assert not figures_in_force(late.plan)
    assert act(late.chair, opening, "agree").status_code == 302
    [figure] = figures_in_force(late.plan).values()
    assert (figure.realised, figure.year, figure.number) == (2, 2026, 1)


def test_a_word_is_no_number_and_stays_on_the_page(late):
    answer = fill_in(late, begun(late), "2026-1", {realised(late): "dua"})
    assert answer.status_code == 422
    assert 'value="dua"' in answer.content.decode()
    assert not OpeningFigure.objects.exists()


def test_a_member_who_is_not_the_chair_cannot_approve(late):
    opening = begun(late)
    fill_in(late, opening, "2026-1", {realised(late): "2"})
    assert act(late.tim, opening, "agree").status_code == 403
    assert "Setujui data awal" not in words(
        logged_in(late.tim).get(reverse("opening_set", args=[opening.pk]))
    )


def test_an_asn_reads_and_cannot_enter(late):
    opening = begun(late)
    page = reverse("opening_set", args=[opening.pk])
    assert logged_in(late.asn).get(page).status_code == 200
    assert logged_in(late.asn).post(page, {"action": "save", **FACTS}).status_code == 403
    assert act(late.asn, opening, "discard").status_code == 403
    assert logged_in(late.asn).post(reverse("opening"), FACTS).status_code == 403
    for name in ("opening_form", "opening_upload"):
        assert logged_in(late.asn).get(reverse(name, args=[opening.pk])).status_code == 403


def test_another_unit_sees_nothing(late):
    opening, stranger = begun(late), office("416-999")
    for name in ("opening_set", "opening_form", "opening_upload", "opening_file"):
        assert logged_in(stranger.tim).get(reverse(name, args=[opening.pk])).status_code == 404
    assert act(stranger.tim, opening, "agree").status_code == 404


def test_the_chair_who_approves_own_work_has_that_said(late):
    opening = begun(late)
    fill_in(late, opening, "2026-1", {realised(late): "2"}, late.chair)
    act(late.chair, opening, "agree")
    opening.refresh_from_db()
    assert opening.source.endswith("(diisi dan disetujui oleh orang yang sama)")
    page = words(logged_in(late.asn).get(reverse("opening_set", args=[opening.pk])))
    assert "Diisi dan disetujui oleh orang yang sama." in page


def test_nothing_is_approved_where_nothing_is_said(late):
    answer = act(late.chair, begun(late), "agree")
    assert answer.status_code == 422
    assert "Belum ada angka" in words(answer)


def test_what_somebody_changed_meanwhile_is_not_approved_unseen(late):
    opening = begun(late)
    fill_in(late, opening, "2026-1", {realised(late): "2"})
    opening.refresh_from_db()
    seen = str(opening.version)
    fill_in(late, opening, "2026-1", {realised(late): "9"})
    assert act(late.chair, opening, "agree", version=seen).status_code == 409
    assert not figures_in_force(late.plan)


def test_approved_figures_are_fixed_in_the_database_too(late):
    opening = approved(late, late.chair, {"2026-1": {realised(late): "2"}})
    assert act(late.tim, opening, "save", **FACTS).status_code == 409
    assert act(late.tim, opening, "discard").status_code == 409
    for change in (
        lambda: opening.figures.update(realised=9),
        lambda: opening.figures.all().delete(),
        lambda: OpeningSet.objects.filter(pk=opening.pk).update(document="Lain"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_later_set_speaks_and_the_old_one_stays_readable(late):
    old = approved(late, late.chair, {"2026-1": {realised(late): "2", realised(late, 1): "1"}})
    new = approved(late, late.chair, {"2026-1": {realised(late): "3"}}, document="Berita acara 7")
    found = {figure.indicator_id: figure for figure in figures_in_force(late.plan).values()}
    first, second = (indicator.pk for indicator in late.indicators[:2])
    assert (found[first].realised, found[first].opening) == (3, new)
    assert (found[second].realised, found[second].opening) == (1, old)
    page = words(logged_in(late.asn).get(reverse("opening_set", args=[old.pk])))
    assert "Isi yang disetujui: 2 angka" in page


def test_an_emptied_cell_takes_the_earlier_figure_back(late):
    approved(late, late.chair, {"2026-1": {realised(late): "2"}})
    approved(late, late.chair, {"2026-1": {realised(late): ""}}, document="Berita acara 8")
    assert not figures_in_force(late.plan)


def test_a_value_that_holds_already_is_no_part_of_a_set(late):
    approved(late, late.chair, {"2026-1": {realised(late): "2"}})
    opening = begun(late, document="Berita acara 9")
    fill_in(late, opening, "2026-1", {realised(late): "2"})
    assert not opening.figures.exists()


def test_the_document_may_come_with_its_file(late):
    opening = begun(late, file=SimpleUploadedFile("laporan.pdf", PDF))
    answer = logged_in(late.asn).get(reverse("opening_file", args=[opening.pk]))
    assert answer.status_code == 200
    assert "laporan.pdf" in drained(answer)["Content-Disposition"]


def test_an_unapproved_set_can_be_thrown_away(late):
    opening = begun(late)
    fill_in(late, opening, "2026-1", {realised(late): "2"})
    assert act(late.tim, opening, "discard").status_code == 302
    assert not OpeningFigure.objects.exists()


def test_half_a_ratio_is_refused(late):
    indicator = late.indicators[0]
    type(indicator).objects.filter(pk=indicator.pk).update(accumulation="rasio", measure="%")
    answer = fill_in(late, begun(late), "2026-1", {f"numerator-{indicator.pk}": "4"})
    assert answer.status_code == 422
    assert "Isi pembilang dan penyebutnya" in words(answer)


def test_a_number_with_two_readings_is_asked_and_a_button_keeps_one(late):
    opening = begun(late)
    answer = fill_in(late, opening, "2026-1", {realised(late): "1.157"})
    assert answer.status_code == 422
    assert f'value="{realised(late)}=1157"' in answer.content.decode()
    kept = fill_in(late, opening, "2026-1", {realised(late): "1.157", "reading": f"{realised(late)}=1157"})
    assert kept.status_code == 302
    assert opening.figures.get().realised == 1157
