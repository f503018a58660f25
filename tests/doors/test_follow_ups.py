"""Directions of the Sekcam and the Camat, followed up until they are closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from measurement.doors import workflow
from measurement.doors.follow_ups import close_follow_up, open_follow_up, report_on
from measurement.messages.follow_up_messages import late_follow_ups
from measurement.messages.outbox import write
from measurement.models import FollowUp, Message
from measurement.record.rounds import Arahan
from measurement.rules.follow_ups import Progress
from measurement.rules.refusals import Incomplete, NotAtThisStep
from measurement.rules.sop import SEND_BACK, Role
from tests.support.characters import cycle_at, fresh

WORDS = "Dampingi tiga desa yang laporannya terlambat."
DONE = "Ketiga desa sudah menyampaikan laporannya."


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def followed(kecamatan) -> FollowUp:
    """A direction of the Camat to the ASN."""
    cycle = cycle_at(kecamatan, "measure")
    return open_follow_up(cycle, kecamatan.camat, WORDS, in_days(30), responsible=kecamatan.asn)


def test_camat_can_direct_and_the_person_is_told_once(kecamatan, followed):
    assert (followed.words, followed.given_role, followed.given_as) == (WORDS, "camat", "Camat")
    [message] = Message.objects.filter(kind=Message.Kind.FOLLOW_UP)
    assert (message.person, WORDS in message.text) == (kecamatan.asn, True)
    assert followed.cycle.audit.filter(action="follow_up_open").count() == 1


def test_a_direction_to_a_role_reaches_all_who_hold_it(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    made = open_follow_up(cycle, kecamatan.sekcam, WORDS, in_days(5), role=Role.TIM_SAKIP)
    assert [m.person for m in Message.objects.filter(kind=Message.Kind.FOLLOW_UP)] == [kecamatan.tim]
    assert set(FollowUp.objects.visible_to(kecamatan.tim)) == {made}
    assert not FollowUp.objects.visible_to(kecamatan.asn)


@pytest.mark.parametrize("who", ["tim", "asn", "administrator"])
def test_nobody_else_can_direct(kecamatan, who):
    cycle = cycle_at(kecamatan, "measure")
    with pytest.raises(PermissionDenied):
        open_follow_up(cycle, getattr(kecamatan, who), WORDS, in_days(5), responsible=kecamatan.asn)


def test_a_direction_needs_words_a_day_to_come_and_somebody(kecamatan):
    cycle = cycle_at(kecamatan, "measure")
    with pytest.raises(Incomplete) as refused:
        open_follow_up(cycle, kecamatan.camat, "Cepat", in_days(-1))
    assert len(refused.value.sentences) == 3


def test_a_stranger_cannot_be_made_responsible(kecamatan, neighbour):
    cycle = cycle_at(kecamatan, "measure")
    with pytest.raises(Incomplete, match="bertugas di"):
        open_follow_up(cycle, kecamatan.camat, WORDS, in_days(5), responsible=neighbour.asn)


def test_it_is_reported_on_and_closed_after_its_cycle_was_archived(kecamatan):
    cycle = cycle_at(kecamatan, None)
    made = open_follow_up(cycle, kecamatan.camat, WORDS, in_days(90), responsible=kecamatan.asn)
    report_on(made, kecamatan.asn, "Dua desa sudah menyampaikan.")
    close_follow_up(made, kecamatan.camat, Progress.DONE, DONE)
    assert not FollowUp.objects.still_open()
    assert [note.progress for note in made.notes.all()] == ["Berjalan", "Selesai"]
    with pytest.raises(NotAtThisStep):
        close_follow_up(made, kecamatan.camat, Progress.DROPPED, DONE)


def test_only_giver_holder_of_the_post_and_chair_can_close(kecamatan, followed):
    for who in (kecamatan.asn, kecamatan.tim, kecamatan.sekcam):
        with pytest.raises(PermissionDenied):
            close_follow_up(followed, who, Progress.DONE, DONE)
    kecamatan.tim.appointments.filter(role=Role.TIM_SAKIP).update(chairs=True)
    chair = type(kecamatan.tim).objects.get(pk=kecamatan.tim.pk)
    close_follow_up(followed, chair, Progress.DONE, DONE)
    assert FollowUp.objects.closed().get() == followed


def test_arahan_of_a_return_are_followed_up_without_a_second_message(kecamatan):
    cycle = cycle_at(kecamatan, "approve")
    row = cycle.rows.first()
    arahan = [Arahan("Periksa kembali serapan."), Arahan("Lengkapi bukti baris ini.", row.pk)]
    workflow.perform(fresh(cycle), SEND_BACK, kecamatan.sekcam, arahan=arahan)
    general, of_row = FollowUp.objects.order_by("pk")
    assert (general.words, general.responsible_role) == ("Periksa kembali serapan.", "tim_sakip")
    assert (of_row.responsible, of_row.about) == (row.owner, row.name)
    assert not Message.objects.filter(kind=Message.Kind.FOLLOW_UP).exists()


@pytest.mark.parametrize("table", ["followup", "followupnote"])
@pytest.mark.parametrize("sql", ["DELETE FROM measurement_{}", "UPDATE measurement_{} SET text = 'Lain'"])
def test_the_database_changes_nothing_of_it(kecamatan, followed, table, sql):
    report_on(followed, kecamatan.asn, "Dua desa sudah menyampaikan.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_a_direction_whose_day_is_over_is_told_once_to_both_sides(kecamatan, followed):
    Message.objects.all().delete()
    day = followed.due + timedelta(days=1)
    assert not late_follow_ups([kecamatan.unit.pk], followed.due)
    twice = [late_follow_ups([kecamatan.unit.pk], day) for _ in range(2)]
    told = [message for found in twice for message in write([one.written() for one in found])]
    assert {message.person for message in told} == {kecamatan.camat, kecamatan.asn}
    close_follow_up(followed, kecamatan.camat, Progress.DONE, DONE)
    assert not late_follow_ups([kecamatan.unit.pk], day)
