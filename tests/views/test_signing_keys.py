"""Keys: PINs that are accepted, guesses that lock, sealing, and the office's authority with its seal."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
import time_machine
from cryptography import x509
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from measurement.models import Person, SigningKey
from measurement.signing import authority, keys, sealing
from measurement.signing.interface import SigningRefused
from tests.support.characters import office
from tests.support.pages import NIP
from tests.support.racing import alone, at_once, own_database
from tests.support.signing_office import PIN, give_key, make_authority

WRONG = "975310"
LATER = timedelta(minutes=15, seconds=1)


def build() -> SimpleNamespace:
    made = office()
    make_authority(made)
    return SimpleNamespace(office=made, key=give_key(made.sekcam, made))


@pytest.fixture
def world(db):
    return build()


def fresh(key: SigningKey) -> SigningKey:
    return SigningKey.objects.select_related("unit", "person").get(pk=key.pk)


def guess(key: SigningKey, pin: str = WRONG) -> str:
    """What a try says; "" if the key opened."""
    try:
        keys.unlock(fresh(key), pin)
    except SigningRefused as refusal:
        return str(refusal)
    return ""


# PIN


@pytest.mark.parametrize("pin", ["12345", "1234567890123", "12345a", " 135790", "١٢٣٤٥٦", ""])
def test_a_pin_is_six_to_twelve_digits(pin):
    assert "6 sampai 12 angka" in keys.pin_faults(pin, Person(nip=NIP))[0]


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "890123", "000000", "121212", "123123", "4545454", "112112112"]
)
def test_a_pin_is_no_pattern(pin):
    assert "mudah ditebak" in keys.pin_faults(pin, Person(nip=NIP))[0]


@pytest.mark.parametrize(
    "pin", ["700626", "260670", "26061970", "19700626", "990031006", "199003", "12606701"]
)
def test_a_pin_is_no_birth_date_or_part_of_the_nip(pin):
    assert NIP == "197006261990031006"
    assert "tanggal lahir atau bagian dari NIP" in keys.pin_faults(pin, Person(nip=NIP))[0]


@pytest.mark.parametrize("pin", ["135790", PIN, "902817365412"])
def test_other_pins_are_accepted_also_without_a_nip(pin):
    assert keys.pin_faults(pin, Person(nip=NIP)) == keys.pin_faults(pin, Person()) == []


def test_a_key_is_not_made_with_a_weak_pin(world):
    with pytest.raises(SigningRefused, match="mudah ditebak"):
        give_key(world.office.camat, world.office, "123456")


# Guessing


def test_five_wrong_pins_lock_the_key_for_15_minutes(world):
    assert [guess(world.key) for _ in range(4)] == [
        f"PIN salah. Sisa {left} kali percobaan." for left in (4, 3, 2, 1)
    ]
    assert "terkunci karena PIN salah 5 kali" in guess(world.key)
    assert guess(world.key, PIN).startswith("Kunci Anda terkunci")
    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert "Sisa 4 kali" in guess(world.key)
        assert guess(world.key, PIN) == ""


def test_the_right_pin_forgets_the_wrong_ones(world):
    for _ in range(3):
        guess(world.key)
    assert guess(world.key, PIN) == ""
    assert (fresh(world.key).failures, fresh(world.key).locked_until) == (0, None)


def test_guesses_made_at_once_all_count(transactional_db, tmp_path, monkeypatch):
    tried = []
    monkeypatch.setattr(sealing, "open_personal", lambda sealed, pin, use: tried.append(pin) or fail())
    with own_database(tmp_path):
        world = alone(build)
        at_once(*[lambda _: guess(world.key)] * 4, rounds=5)
    assert len(tried) == keys.MOST_FAILURES


def fail():
    raise sealing.WrongPin


def test_a_changed_secret_of_the_server_is_told_and_counts_as_no_guess(world, settings):
    settings.SIGNING_SECRET = "y" * 60
    assert "rahasia server sudah berganti" in guess(world.key, PIN)
    assert fresh(world.key).failures == 0


# Making, changing, revoking


def test_a_key_is_certified_by_the_office_for_two_years(world):
    certificate = x509.load_pem_x509_certificate(world.key.certificate.encode())
    root = x509.load_pem_x509_certificate(
        authority.office_keys(world.office.unit)["otoritas"].certificate.encode()
    )
    certificate.verify_directly_issued_by(root)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days == 730
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0


def test_a_new_key_revokes_the_old_one(world):
    newer = give_key(world.office.sekcam, world.office, "618034")
    old = fresh(world.key)
    assert (old.revoked_by, old.revoke_reason) == (world.office.sekcam, keys.REPLACED)
    assert keys.active_key(world.office.sekcam, world.office.unit.pk) == newer


def test_a_changed_pin_opens_the_same_key(world):
    before = keys.unlock(fresh(world.key), PIN)
    keys.change_pin(fresh(world.key), PIN, "618034")
    assert keys.unlock(fresh(world.key), "618034") == before
    assert "PIN salah" in guess(world.key, PIN)


def test_the_pin_is_not_changed_without_the_old_one(world):
    with pytest.raises(SigningRefused, match="PIN salah"):
        keys.change_pin(fresh(world.key), WRONG, "618034")


def test_the_owner_or_the_administrator_revokes(world):
    with pytest.raises(PermissionDenied):
        keys.revoke(world.key, world.office.camat, "Bukan urusan saya.")
    keys.revoke(world.key, world.office.administrator, "Pindah tugas.")
    assert keys.active_key(world.office.sekcam, world.office.unit.pk) is None
    with pytest.raises(SigningRefused, match="sudah dicabut"):
        keys.revoke(world.key, world.office.sekcam, "PIN diketahui orang.")


def test_nobody_gets_a_key_where_they_do_not_serve(world):
    stranger = office("416-318")
    with pytest.raises(SigningRefused, match="Penugasan Anda"):
        keys.make_key(stranger.sekcam, world.office.unit, PIN)


def test_no_key_without_an_authority(kecamatan):
    with pytest.raises(SigningRefused, match="belum mempunyai otoritas"):
        give_key(kecamatan.sekcam, kecamatan)


def test_an_authority_that_ended_certifies_nobody(world):
    with (
        time_machine.travel(timezone.now() + timedelta(days=3653), tick=False),
        pytest.raises(SigningRefused, match="sudah berakhir"),
    ):
        give_key(world.office.camat, world.office)


# Sealing


def test_a_sealed_key_opens_for_nothing_else(world):
    sealed = fresh(world.key).sealed_key
    assert "PRIVATE" not in sealed
    with pytest.raises(sealing.WrongPin):
        sealing.open_personal(sealed, PIN, "pejabat/1/999")
    with pytest.raises(sealing.SealBroken):
        sealing.open_office(sealed, authority.use_of("pejabat", world.office.unit, world.office.sekcam))


@pytest.mark.parametrize("broken", ["", "sakip1$pin", "sakip2$pin$00000000$$", "sakip1$pin$00000000$%%$%%"])
def test_what_is_no_sealed_key_is_broken_and_not_a_wrong_pin(broken):
    with pytest.raises(sealing.SealBroken):
        sealing.open_personal(broken, PIN, "uji")


# The authority and its seal


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("make_authority", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_makes_an_authority_once(kecamatan):
    said = command("416-317")
    assert "Otoritas sertifikat kantor: berlaku sampai" in said
    assert "tidak ada yang diubah" in command("416-317")
    assert SigningKey.objects.count() == 3
    assert kecamatan.unit.signs_locally


def test_the_command_renews_with_a_reason_and_revokes_every_key(world):
    with pytest.raises(CommandError, match="alasan"):
        command("416-317", "--renew", " ")
    command("416-317", "--renew", "Rahasia server bocor.")
    assert "Rahasia server bocor." in fresh(world.key).revoke_reason
    assert SigningKey.objects.filter(revoked_at=None).count() == 3
    assert SigningKey.objects.count() == 7


def test_the_command_knows_no_other_unit(db):
    with pytest.raises(CommandError, match="Tidak ada unit"):
        command("999")


def test_the_seal_holds_for_these_bytes_of_this_office(world):
    unit, seal = world.office.unit, authority.seal(world.office.unit, b"manifest")
    assert authority.check_seal(unit, b"manifest", seal) == []
    assert authority.check_seal(unit, b"manifesT", seal) == ["Isi tidak sama dengan yang disegel kantor."]
    assert authority.check_seal(unit, b"manifest", seal[:-5]) != []
    assert authority.check_seal(unit, b"manifest", b"") == ["Segel kantor tidak dapat dibaca."]


def test_a_namesakes_seal_is_none_of_ours(world):
    twin = office("416-318")
    twin.unit.name = world.office.unit.name
    make_authority(twin)
    assert authority.check_seal(world.office.unit, b"manifest", authority.seal(twin.unit, b"manifest")) != []


def test_an_old_seal_stays_valid_after_a_renewal_and_a_later_one_is_not(world):
    unit = world.office.unit
    before = authority.seal(unit, b"manifest")
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        authority.renew_authority(unit, timezone.now() - timedelta(hours=1), "Diganti.")
        old = SigningKey.objects.filter(purpose="segel").first()
        after = authority.seal(unit, b"manifest")
        SigningKey.objects.filter(unit=unit, revoked_at=None).update(
            revoked_at=timezone.now() - timedelta(minutes=1)
        )
    assert authority.check_seal(unit, b"manifest", before) == []
    assert old.revoked_at
    assert authority.check_seal(unit, b"manifest", after) == ["Segel ini dibuat sesudah kuncinya dicabut."]
