"""Backups are made, damaged, locked, put back; whatever comes back is what was there."""

import json
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.support.installations import Installation, spare_installation

pytestmark = pytest.mark.long
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into SQLite's file")


@pytest.fixture(scope="module")
def backup(home) -> Path:
    home.manage("backup", str(home.folder / "backups"))
    return newest(home)


def newest(home: Installation) -> Path:
    return max((home.folder / "backups").glob("sakip-*"), key=lambda path: path.name)


@pytest.fixture(scope="module")
def twin(backup, tmp_path_factory):
    """A place into which the backup was restored, and what was said then."""
    with spare_installation(tmp_path_factory.mktemp("twin") / "place") as made:
        yield made, made.manage("restore", str(backup))


@pytest.fixture
def new(tmp_path, django_db_setup, django_db_blocker):
    """An installation with the tables of today, copied from the tests' own, which the same migrations made."""
    with django_db_blocker.unblock(), spare_installation(tmp_path / "new", migrated=True) as made:
        yield made


@pytest.fixture
def elsewhere(tmp_path):
    with spare_installation(tmp_path / "elsewhere") as made:
        yield made


def older_version(place: Installation, *words: str) -> str:
    done = place.command("-m", "tests.support.older_version", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def counted(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("Diperiksa:"))


def media_of(place: Installation) -> dict[str, bytes]:
    root = place.folder / "media"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_restored_installation_has_everything_and_is_sound(home, twin):
    restored, said = twin
    assert counted(said) == counted(home.manage("verify_archive"))
    assert media_of(restored) == media_of(home)
    assert "belum terpasang" not in restored.manage("check", "--database", "default")


def test_an_upgrade_that_stops_says_which_backup_leads_back_and_it_does(twin, elsewhere, tmp_path):
    restored, said = twin
    (tmp_path / "file").touch()
    stopped = restored.refused(
        "upgrade", str(tmp_path / "backups"), STATIC_ROOT=str(tmp_path / "file" / "static")
    )
    assert "Peningkatan terhenti pada collectstatic" in stopped
    named = stopped.rpartition("restore ")[2].strip()
    assert counted(elsewhere.manage("restore", named)) == counted(said)
    assert media_of(elsewhere) == media_of(restored)


def test_the_archive_is_found_alike_however_many_processes_look(home):
    name, content = next((name, content) for name, content in media_of(home).items() if "naskah" in name)
    changed = home.folder / "media" / name
    changed.write_bytes(content + b"x")
    try:
        one = home.command("manage.py", "verify_archive")
        two = home.command("manage.py", "verify_archive", "--parallel", "2")
    finally:
        changed.write_bytes(content)
    assert (two.returncode, two.stdout, two.stderr) == (one.returncode, one.stdout, one.stderr)
    assert "2 siklus" in one.stdout
    assert one.returncode == 1


def test_a_backup_is_restored_into_an_empty_place_only(backup, home):
    assert "hanya dipulihkan ke tempat kosong" in home.refused("restore", str(backup))


def test_an_upgrade_begins_with_a_backup_from_which_there_is_a_way_back(elsewhere, new, tmp_path):
    """From the database of an older version, and back to it; what comes of it has the tables of a new installation."""
    older_version(elsewhere, "migrate", "0010")
    said = elsewhere.manage("upgrade", str(tmp_path / "backups"))
    assert "Selesai." in said
    assert json.loads(older_version(elsewhere, "tables")) == json.loads(older_version(new, "tables"))
    (made,) = (tmp_path / "backups").iterdir()
    told = json.loads((made / "manifes.json").read_text())
    assert max(name for name in told["migrations"] if name.startswith("measurement.")).startswith(
        "measurement.0010"
    )
    with spare_installation(tmp_path / "back") as back:
        assert "Dipulihkan" in back.manage("restore", str(made))
        assert "belum" not in back.manage("check", "--database", "default")


@pytest.mark.parametrize("name", ["berkas", "basis-data"])
def test_a_damaged_backup_changes_nothing(backup, elsewhere, tmp_path, name):
    copy = Path(shutil.copytree(backup, tmp_path / "copy"))
    victim = next(
        path for path in copy.rglob(f"{name}*/**/*" if name == "berkas" else f"{name}*") if path.is_file()
    )
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    assert "rusak dan tidak dipulihkan" in elsewhere.refused("restore", str(copy))
    assert media_of(elsewhere) == {}


def test_a_backup_of_a_newer_version_is_refused(backup, elsewhere, tmp_path):
    copy = Path(shutil.copytree(backup, tmp_path / "copy"))
    told = json.loads((copy / "manifes.json").read_text())
    told["migrations"].append("measurement.9999_later")
    (copy / "manifes.json").write_text(json.dumps(told))
    assert "versi aplikasi yang lebih baru" in elsewhere.refused("restore", str(copy))


def test_a_locked_backup_opens_with_its_passphrase_alone(home, elsewhere, tmp_path):
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text("kata sandi cadangan\n")
    wrong.write_text("kata sandi yang lain\n")
    home.manage("backup", str(home.folder / "locked"), "--passphrase-file", str(right))
    (made,) = (home.folder / "locked").iterdir()
    assert sorted(path.name for path in made.iterdir()) == ["BACA-DULU.txt", "cadangan.tar.age", "kunci.age"]
    assert "terkunci" in elsewhere.refused("restore", str(made))
    assert "tidak membuka" in elsewhere.refused("restore", str(made), "--passphrase-file", str(wrong))
    assert "Semuanya utuh." in elsewhere.manage("restore", str(made), "--passphrase-file", str(right))


def test_the_nightly_backup_needs_to_be_told_nothing(home):
    home.manage("backup")
    (made,) = (home.folder / "nightly").iterdir()
    assert (made / "SHA256SUMS").is_file()


def test_only_the_newest_backups_are_kept(home, tmp_path):
    for name in ("sakip-20200101-000000", "sakip-20200102-000000", "lain"):
        (tmp_path / name).mkdir()
    home.manage("backup", str(tmp_path), "--keep", "2")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left[0] == "lain"
    assert "sakip-20200101-000000" not in left
    assert len(left) == 3


def test_a_file_that_is_gone_is_named_and_the_rest_kept(home, tmp_path):
    name, content = next(iter(media_of(home).items()))
    lost = home.folder / "media" / name
    lost.unlink()
    try:
        assert "1 berkas yang tercatat tidak ada" in home.refused("backup", str(tmp_path / "backups"))
    finally:
        lost.write_bytes(content)
    assert len(list((tmp_path / "backups").iterdir())) == 1


@on_sqlite
def test_a_backup_under_writes_is_one_moment(home, elsewhere):
    """Two counters that are always raised together are equal in the copy; the twin without a snapshot would tear them."""
    database = home.folder / "sakip.sqlite3"
    session = sqlite3.connect(database, isolation_level=None, check_same_thread=False, timeout=20)
    session.execute("CREATE TABLE IF NOT EXISTS pair (a, b)")
    session.execute("INSERT INTO pair VALUES (0, 0)")
    stop = threading.Event()

    def write():
        while not stop.is_set():
            session.execute("BEGIN IMMEDIATE")
            session.execute("UPDATE pair SET a = a + 1")
            session.execute("UPDATE pair SET b = b + 1")
            session.execute("COMMIT")
            time.sleep(0.002)  # others get their turn, too: the backup notes at its end that it ran

    writer = threading.Thread(target=write)
    writer.start()
    try:
        home.manage("backup", str(home.folder / "backups"))
    finally:
        stop.set()
        writer.join()
    with sqlite3.connect(newest(home) / "basis-data.sqlite3") as copy:
        ((a, b),) = copy.execute("SELECT a, b FROM pair").fetchall()
    session.execute("DROP TABLE pair")
    assert a == b > 0
