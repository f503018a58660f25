"""Our bags against the library bagit, which knows nothing of our code: both accept what is sound and refuse what was tampered with."""

import re
from pathlib import Path

import pytest

from measurement.archiving.bag import bag_digests, bag_faults, read_info, read_manifest, sha256_of, write_bag
from tests.support.bags import make_by_library, make_whole, opened, verdict

INFO = {"Source-Organization": "Kecamatan Mojoanyar", "Klasifikasi": "000.8.6.3"}
FILES = {
    "naskah/01 Nota dinas.pdf": b"%PDF-1.7 satu",
    "bukti/001 é – 中/kosong.txt": b"",
    "data/*bintang.json": b"{}",
}


@pytest.fixture
def bag(tmp_path) -> Path:
    return bag_of(tmp_path / "tas", FILES)


def bag_of(bag: Path, payload: dict[str, bytes], info: dict[str, str] = INFO) -> Path:
    put(bag / "data", payload)
    write_bag(bag, info, {"BACA-DULU.txt": "Apa ini\n"})
    return bag


def put(folder: Path, payload: dict[str, bytes]) -> None:
    for name, content in payload.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def written(bag: Path, name: str, old: str, new: str) -> None:
    """One text of the bag with something else in it, its line ends as they are."""
    text = (bag / name).read_bytes().decode()
    assert old in text
    (bag / name).write_bytes(text.replace(old, new).encode())


def test_a_bag_of_ours_is_sound_to_both(bag):
    assert verdict(bag) == ""
    assert list(bag_faults(bag)) == []


def test_both_read_the_same_in_it(bag):
    library = opened(bag)
    assert (library.version_info, library.algorithms) == ((1, 0), ["sha256"])
    assert library.info == read_info(bag)
    assert library.info.items() >= INFO.items()
    assert library.payload_entries() == {name: {"sha256": sum_} for name, sum_ in bag_digests(bag).items()}
    assert set(bag_digests(bag)) == {f"data/{name}" for name in FILES}


def test_it_counts_its_payload_and_says_when_it_was_made(bag):
    info = read_info(bag)
    assert info["Payload-Oxum"] == f"{sum(map(len, FILES.values()))}.{len(FILES)}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", info["Bagging-Date"])


def test_what_is_written_is_what_was_found(tmp_path):
    put(tmp_path / "data", FILES)
    assert write_bag(tmp_path, INFO, {}) == bag_digests(tmp_path)


def test_line_ends_in_a_name_are_encoded(tmp_path):
    bag = bag_of(tmp_path, {"a\rb\nc.txt": b"x"})
    assert "data/a%0Db%0Ac.txt" in (bag / "manifest-sha256.txt").read_text()
    assert verdict(bag) == ""
    assert list(bag_faults(bag)) == []


def test_a_percent_sign_is_encoded_as_the_rfc_says(tmp_path):
    """The library, against RFC 8493, leaves it alone; names inside our packages hold none (names.py)."""
    bag = bag_of(tmp_path, {"50%0A.txt": b"x"})
    assert "data/50%250A.txt" in (bag / "manifest-sha256.txt").read_text()
    assert list(bag_faults(bag)) == []


# What was tampered with


def replace_and_list_among_tags(bag: Path) -> None:
    """Another file in the place of a paper: the manifest keeps the old sum, and the one of the tag files gives the new one."""
    name = "data/naskah/01 Nota dinas.pdf"
    (bag / name).write_bytes(b"%PDF-1.7 dua!")
    with (bag / "tagmanifest-sha256.txt").open("a") as tags:
        tags.write(f"{sha256_of(bag / name)}  {name}\n")


TAMPERED = {
    "changed": lambda bag: (bag / "data/naskah/01 Nota dinas.pdf").write_bytes(b"%PDF-1.7 dua!"),
    "removed": lambda bag: (bag / "data/bukti/001 é – 中/kosong.txt").unlink(),
    "added": lambda bag: (bag / "data/tambahan.pdf").write_bytes(b"%PDF"),
    "renamed": lambda bag: (bag / "data/data/*bintang.json").rename(bag / "data/data/lain.json"),
    "info": lambda bag: written(bag, "bag-info.txt", "000.8.6.3", "000.8.6.4"),
    "note": lambda bag: (bag / "BACA-DULU.txt").unlink(),
    "manifest": lambda bag: (bag / "manifest-sha256.txt").unlink(),
    "empty manifest": lambda bag: (bag / "manifest-sha256.txt").write_bytes(b""),
    "declaration": lambda bag: (bag / "bagit.txt").unlink(),
    "version": lambda bag: written(bag, "bagit.txt", "BagIt-Version: ", "BagIt-Version: 2"),
    "outside": lambda bag: written(bag, "manifest-sha256.txt", "data/naskah", "../data/naskah"),
    "contradicted": replace_and_list_among_tags,
    "twice": lambda bag: written(bag, "manifest-sha256.txt", "data/bukti", "data/naskah"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_tampered_with_is_refused_by_both(bag, name):
    TAMPERED[name](bag)
    assert verdict(bag)
    assert list(bag_faults(bag))


def test_a_payload_that_is_not_as_it_was_counted_is_refused_by_both(tmp_path):
    bag = bag_of(tmp_path, FILES)
    written(bag, "bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 9")
    make_whole(bag, payload=False)
    assert "Payload-Oxum" in verdict(bag)
    assert list(bag_faults(bag)) == ["Payload-Oxum tidak sama dengan isi paket."]


def test_every_file_that_differs_is_named(bag):
    TAMPERED["changed"](bag)
    TAMPERED["removed"](bag)
    TAMPERED["added"](bag)
    assert list(bag_faults(bag)) == [
        "data/bukti/001 é – 中/kosong.txt hilang.",
        "data/tambahan.pdf tidak terdaftar.",
        "data/naskah/01 Nota dinas.pdf berubah.",
    ]


def test_what_nobody_listed_beside_the_payload_is_named(bag):
    """Stricter than the RFC: nothing but the seal comes into a package of ours after its manifests."""
    put(bag, {"tanda-tangan/segel.p7s": b"x", "fetch.txt": b""})
    assert list(bag_faults(bag, unlisted=["tanda-tangan/segel.p7s"])) == ["fetch.txt tidak terdaftar."]


def test_a_changed_bag_that_was_made_whole_again_is_sound_to_both(bag):
    """Only records and seal can tell (test_verify_packages)."""
    TAMPERED["changed"](bag)
    make_whole(bag)
    assert verdict(bag) == ""
    assert list(bag_faults(bag)) == []


# What others write


def test_a_bag_that_the_library_made_is_sound_and_read(tmp_path):
    """As packages were made until now: BagIt 0.97, one blank in the list of tag files."""
    put(tmp_path, FILES)
    make_by_library(tmp_path, INFO)
    assert list(bag_faults(tmp_path)) == []
    assert read_info(tmp_path).items() >= INFO.items()
    assert set(bag_digests(tmp_path)) == {f"data/{name}" for name in FILES}


@pytest.mark.parametrize("name", [name for name in TAMPERED if name != "note"])
def test_a_bag_that_the_library_made_is_refused_when_tampered_with(tmp_path, name):
    put(tmp_path, FILES)
    make_by_library(tmp_path, INFO)
    TAMPERED[name](tmp_path)
    assert list(bag_faults(tmp_path))


def test_a_field_may_go_on_in_the_next_line(tmp_path):
    (tmp_path / "bag-info.txt").write_bytes(b"Retensi: aktif\r\n  2 tahun\r\nKlasifikasi: 000\r\n")
    assert read_info(tmp_path) == {"Retensi": "aktif 2 tahun", "Klasifikasi": "000"}


def test_a_manifest_is_read_in_every_way_that_the_rfc_allows():
    sums = "A" * 64, "b" * 64
    assert read_manifest(f"{sums[0]} *data/a b\r\n{sums[1]}\tdata/c%0Ad\r") == {
        "data/a b": "a" * 64,
        "data/c\nd": "b" * 64,
    }


@pytest.mark.parametrize("text", ["satu-kata", f"{'a' * 63}  data/a", f"{'a' * 64}  data/a\n" * 2])
def test_a_manifest_with_something_else_in_it_is_refused(text):
    with pytest.raises(ValueError, match="manifest"):
        read_manifest(text)
