"""A locked backup that somebody else made writes nothing outside of the folder in which it is opened."""

import io
import tarfile

import pyrage
import pytest

from measurement.safekeeping.databases import NotDone
from measurement.safekeeping.sealing import CONTENT, Lock, unseal


@pytest.fixture
def locked(tmp_path):
    """A folder for a locked backup, beside it the key that opens it."""
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "kunci.txt").write_text(str(key))
    (tmp_path / "terkunci").mkdir()
    (tmp_path / "terbuka").mkdir()
    return tmp_path, key.to_public()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("../luar", tarfile.REGTYPE), ("/tmp/luar", tarfile.REGTYPE), ("tautan", tarfile.SYMTYPE), ("pipa", tarfile.FIFOTYPE)],
)  # fmt: skip
def test_a_foreign_backup_writes_nothing_outside(locked, name, kind):
    place, recipient = locked
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    (place / "terkunci" / CONTENT).write_bytes(pyrage.encrypt(held.getvalue(), [recipient]))

    with pytest.raises(NotDone, match=name):
        unseal(place / "terkunci", place / "terbuka", identity=place / "kunci.txt")
    assert list((place / "terbuka").iterdir()) == []
    assert not (place / "luar").exists()


def test_a_locked_folder_comes_back_with_all_that_is_in_it(locked):
    place, recipient = locked
    (place / "asal" / "berkas" / "kosong").mkdir(parents=True)
    (place / "asal" / "berkas" / "naskah.pdf").write_bytes(b"%PDF" * 500_000)
    (place / "asal" / "BACA-DULU.txt").write_text("baca")

    made = Lock((str(recipient),)).seal(place / "asal", place / "baru", place / "asal" / "BACA-DULU.txt")
    unseal(made, place / "terbuka", identity=place / "kunci.txt")

    def inside(folder):
        return {
            str(path.relative_to(folder)): path.is_file() and path.read_bytes()
            for path in (place / folder).rglob("*")
        }

    assert inside(place / "terbuka") == inside(place / "asal")
