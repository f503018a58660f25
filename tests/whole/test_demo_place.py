"""Where the demonstration may be loaded and emptied: never beside anything of one's own, never in production."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from measurement.management.demo import walk
from measurement.management.demo.place import IN_PRODUCTION, NOT_ALONE, NOT_CLEARED
from measurement.models import Appointment, Person, PredicateScale, RetentionClass, Unit
from measurement.models.trigger_upkeep import differing_triggers
from tests.support.characters import cycle_at
from tests.support.characters import walk as walk_on

pytestmark = pytest.mark.django_db


def printed(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_the_demonstration_is_refused_beside_an_own_office(kecamatan):
    with pytest.raises(CommandError, match=NOT_ALONE):
        printed("load_demo")
    assert Unit.objects.count() == 1


def test_the_demonstration_is_refused_beside_an_own_person(db):
    Person.objects.create_user("pengelola", name="ASN Contoh 03")
    with pytest.raises(CommandError, match=NOT_ALONE):
        printed("load_demo")
    assert not Unit.objects.exists()


def test_the_newcomers_command_goes_on_beside_an_own_office(kecamatan):
    assert NOT_ALONE in printed("load_demo", "--if-empty")
    assert Unit.objects.count() == 1


@pytest.mark.parametrize("production", [{"HTTPS": True}, {"DEMONSTRATION": False}])
@pytest.mark.parametrize("command", ["load_demo", "demo_reset"])
def test_the_demonstration_is_refused_in_production(db, settings, production, command):
    for name, value in production.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError) as refused:
        printed(command)
    assert str(refused.value) == IN_PRODUCTION


def test_a_load_that_breaks_off_leaves_nothing(db, monkeypatch):
    def break_off(unit):
        raise ZeroDivisionError

    monkeypatch.setattr(walk, "first_period", break_off)
    with pytest.raises(ZeroDivisionError):
        printed("load_demo")
    assert not Unit.objects.exists()
    assert not Person.objects.exists()
    assert not PredicateScale.objects.exists()
    assert not RetentionClass.objects.exists()


def test_resetting_touches_no_office_of_ones_own(kecamatan, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail("asked"))
    with pytest.raises(CommandError, match=NOT_CLEARED):
        printed("demo_reset")
    assert Unit.objects.exists()


def test_resetting_asks_and_takes_no_for_an_answer(kecamatan, monkeypatch):
    Unit.objects.update(is_demonstration=True)
    monkeypatch.setattr("builtins.input", lambda question: "ya")
    with pytest.raises(CommandError):
        printed("demo_reset")
    assert Unit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_resetting_empties_even_an_archive_and_keeps_the_triggers(kecamatan, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    for name in ("naskah", "unit-1", "lain"):
        (tmp_path / name).mkdir()
    walk_on(kecamatan, cycle_at(kecamatan, "archive"))
    Unit.objects.update(is_demonstration=True)
    monkeypatch.setattr("builtins.input", lambda question: " Contoh ")
    assert "sudah dihapus" in printed("demo_reset")
    assert not Unit.objects.exists()
    assert not Appointment.objects.exists()
    assert differing_triggers(connection) == []
    assert [path.name for path in tmp_path.iterdir()] == ["lain"]


def test_a_code_alone_makes_no_demonstration_of_a_real_office(kecamatan):
    mark = import_module("measurement.migrations.0018_setting_up").mark_demonstrations
    mark(apps, None)
    assert not Unit.objects.get().is_demonstration
    Person.objects.filter(pk=kecamatan.camat.pk).update(username="camat", name="Camat Contoh")
    mark(apps, None)
    assert Unit.objects.get().is_demonstration
