"""`manage.py check --deploy --database default` says what the server needs; an office that has everything gets no word."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from measurement import checks
from measurement.models import JobRun, WorkSpan
from measurement.models.trigger_upkeep import check_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(kecamatan, settings, tmp_path):
    """A server that lacks nothing."""
    settings.PUBLIC_URL, settings.MEDIA_ROOT, settings.STATIC_ROOT = (
        "https://sakip.example",
        tmp_path,
        tmp_path,
    )
    (tmp_path / "staticfiles.json").touch()
    for job in checks.JOBS:
        JobRun.record(job)
    return kecamatan


def found(database: bool = True) -> list[str]:
    databases = ["default"] if database else None
    named = run_checks(include_deployment_checks=True, databases=databases)
    ours = [one for one in named if one.id.startswith("measurement.W1")]
    assert all(one.hint for one in ours)
    return [one.id for one in ours]


def test_a_server_that_has_everything_gets_no_word(ready):
    assert found() == []
    assert list(check_triggers(None, ["default"])) == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", 1),
        ("PUBLIC_URL", "http://localhost:8000", 2),
        ("PUBLIC_URL", "http://127.0.0.1:8000", 2),
        ("PUBLIC_URL", "http://kantor", 2),
        ("MEDIA_ROOT", f"{__file__}/media", 4),
        ("STATIC_ROOT", "/nowhere", 5),
    ],
)
def test_a_setting_that_leads_nowhere_is_named_with_what_to_do(ready, settings, name, value, number):
    setattr(settings, name, value)
    assert found() == [f"measurement.W{100 + number}"]


def test_a_library_that_papers_need_is_named_with_its_package(ready, monkeypatch):
    monkeypatch.setattr(checks, "RENDERER", {"libnothing.so.0": "libnothing0"})
    (one,) = checks.check_machine(None, ["default"])
    assert "libnothing0" in one.hint


def test_a_job_that_never_ran_or_stopped_is_named(ready):
    JobRun.objects.get(name="backup").delete()
    JobRun.objects.update(succeeded_at=None)
    assert found() == ["measurement.W107"] * 2


def test_an_office_without_hours_is_named(ready):
    WorkSpan.objects.all().delete()
    (one,) = checks.check_data(None, ["default"])
    assert str(ready.unit) in one.msg


def test_without_the_database_only_settings_are_looked_at(ready, settings):
    settings.STATIC_ROOT = "/nowhere"
    WorkSpan.objects.all().delete()
    assert found(database=False) == []


def test_migrate_is_not_bothered(ready, capsys):
    JobRun.objects.all().delete()
    call_command("migrate", verbosity=0, check_unapplied=True)
    assert "measurement.W1" not in capsys.readouterr().err


def test_a_migration_that_waits_is_named_and_nothing_else_is_asked(ready, monkeypatch):
    WorkSpan.objects.all().delete()
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda self, targets: [("0099", False)])
    (one,) = checks.check_data(None, ["default"])
    assert one.id == "measurement.W106"
