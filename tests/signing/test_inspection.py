"""What can be read from a file: signatures, whose they are and when they were made, what came after; and that no file brings the reader down."""

from datetime import timedelta

import pytest

from measurement.signing.inspection import Trust, inspect
from tests.support.signed_files import (
    CODE,
    TODAY,
    YEAR,
    Authority,
    authority,
    camat,
    edited,
    flipped,
    issued,
    locked,
    resaved,
    sekcam,
    signed,
    signed_once,
)

pytestmark = pytest.mark.usefixtures("read_here")


def known(*authorities: Authority, **revoked) -> Trust:
    return Trust(tuple(one.root.pem for one in authorities or [authority()]), **revoked)


def only_signature(pdf: bytes, trust: Trust | None = None, at=None):
    (signature,) = inspect(pdf, trust or known(), at).signatures
    return signature


def test_a_paper_with_two_signatures_is_sound():
    seen = inspect(signed(), known())
    assert seen.sound
    assert [s.signer for s in seen.signatures] == ["Sekcam Uji", "Camat Uji"]
    assert [s.fingerprint for s in seen.signatures] == [sekcam().fingerprint, camat().fingerprint]
    assert [s.covers_whole_file for s in seen.signatures] == [False, True]
    assert all(s.intact and s.trusted and s.stamped_at == TODAY for s in seen.signatures)
    assert seen.bytes_after_last_signature == 0


def test_an_issued_paper_has_no_signature_and_tells_its_code_and_attachment():
    seen = inspect(issued(), known())
    assert (seen.readable, seen.sound, seen.signatures) == (True, False, ())
    assert CODE in seen.codes
    assert list(seen.attachments) == ["kertas-kerja.xlsx"]


def test_a_code_is_found_even_in_a_damaged_file():
    assert CODE in inspect(b"x" + signed()[:-400], known()).codes


@pytest.mark.parametrize("tail", [b"x", b"\n", b" " * 2000])
def test_what_is_appended_is_counted(tail):
    seen = inspect(signed() + tail, known())
    assert not seen.sound
    assert seen.bytes_after_last_signature in (0, len(tail))  # 0 where the file can't be read any more


def test_an_incremental_edit_breaks_what_was_signed():
    seen = inspect(edited(signed()), known())
    assert not seen.sound
    assert not any(s.intact for s in seen.signatures)
    assert seen.bytes_after_last_signature > 0


def test_a_change_inside_what_was_signed_is_seen():
    seen = inspect(flipped(signed(), len(issued()) // 2, 0), known())
    assert not any(s.intact for s in seen.signatures)


def test_an_authority_of_the_same_name_is_not_ours():
    stranger = Authority()
    copy = stranger.sign(issued(), stranger.official("Sekcam Uji"))
    seen = inspect(copy, known())
    assert seen.sound
    assert not seen.signatures[0].ours
    assert not seen.signatures[0].stamped_at
    assert inspect(copy, known(stranger)).signatures[0].trusted


def test_a_signature_outlives_its_certificate_if_it_was_stamped_in_time():
    key = authority().official("Pensiunan", since=TODAY - 5 * YEAR)
    signature = only_signature(authority().sign(issued(), key, at=TODAY - 4 * YEAR))
    assert signature.trusted
    assert signature.stamped_at == TODAY - 4 * YEAR


@pytest.mark.parametrize("at", [TODAY, None])
def test_a_signature_after_the_end_of_its_certificate_is_ours_but_not_trusted(at):
    key = authority().official("Pensiunan", since=TODAY - 5 * YEAR)
    signature = only_signature(authority().sign(issued(), key, at=at))
    assert (signature.intact, signature.ours, signature.expired, signature.trusted) == (
        True,
        True,
        True,
        False,
    )


def test_a_stamp_from_before_the_certificate_does_not_count_as_in_force():
    signature = only_signature(authority().sign(issued(), camat(), at=TODAY - 3 * YEAR))
    assert signature.expired


def test_a_stamp_from_the_future_does_not_count():
    assert only_signature(authority().sign(issued(), camat(), at=TODAY + YEAR)).stamped_at is None


@pytest.mark.parametrize(("hours", "trusted"), [(1, True), (-1, False)])
def test_revoking_a_key_ends_it_from_that_moment(hours, trusted):
    revoked = {camat().fingerprint: TODAY + timedelta(hours=hours)}
    signature = only_signature(authority().sign(issued(), camat()), known(revoked=revoked), at=TODAY + YEAR)
    assert (signature.trusted, signature.revoked) == (trusted, not trusted)


def test_an_authority_that_was_replaced_still_counts_for_what_was_signed_before():
    trust = known(revoked={authority().root.fingerprint: TODAY + timedelta(hours=1)})
    assert inspect(signed(), trust, at=TODAY + YEAR).signatures[0].trusted


def test_stamps_of_a_revoked_clock_do_not_count():
    trust = known(revoked={authority().clock.fingerprint: TODAY - timedelta(hours=1)})
    assert only_signature(signed_once(), trust).stamped_at is None


def test_without_an_authority_nothing_is_ours():
    seen = inspect(signed(), Trust())
    assert seen.sound
    assert not any(s.ours for s in seen.signatures)


def test_a_locked_file_is_only_known_as_locked():
    seen = inspect(locked(signed()), known())
    assert seen.encrypted
    assert seen.signatures == ()


def test_another_program_writing_the_pages_afresh_loses_the_signatures():
    assert not inspect(resaved(signed()), known()).sound
