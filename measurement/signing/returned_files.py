"""Whether a file that comes back is the one that was given out, with sound signatures after it and nothing else."""

import re

from django.conf import settings

from .added_bytes import only_signed
from .inspection import Signature, Trust, inspect_all
from .interface import Signed

CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\s*", re.DOTALL)


class NotOurs(Exception):
    """It is another file, or was changed; the sentence says in what way."""


class NotSigned(Exception):
    """It is the file that was given out, without a new signature."""


def added_signatures(sent: bytes, returned: bytes, known: Trust) -> list[Signature]:
    """The new signatures. A signature is added after the bytes that were given out: all of them must still be there, and show the same."""
    if not returned.startswith(sent):
        raise NotOurs("berkas yang dikembalikan bukan naskah ini")
    before, found = inspect_all([sent, returned], known)
    # by their order: programs may give two fields the same name
    later = found.signatures[len(before.signatures) :]
    added = [signature for signature in later if not signature.is_timestamp]
    if not added and found.readable and not found.unreadable_signatures:
        raise NotSigned
    if not added or not found.sound or not only_signed(sent, returned):
        raise NotOurs("tanda tangan pada berkas yang dikembalikan tidak utuh")
    return added


def signed_by_provider(sent: bytes, returned: bytes) -> Signed:
    """The certified provider's one signature; it must end at the provider's own authorities where the office installed their certificates (BSRE_CA)."""
    known = Trust(tuple(CERTIFICATE.findall(settings.BSRE_AUTHORITIES)))
    added = added_signatures(sent, returned, known)
    if len(added) > 1:
        raise NotOurs("berkas yang dikembalikan memuat lebih dari satu tanda tangan baru")
    if known.authorities and not added[0].trusted:
        raise NotOurs("tanda tangan pada berkas yang dikembalikan tidak diterbitkan penyelenggara")
    return Signed(returned, added[0].fingerprint, f"Sertifikat atas nama {added[0].signer}"[:250])
