"""Names for reading: SIPD writes programs in capitals; within a sentence or a heading they stand in title case. Tables keep the official spelling."""

import re

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
CAPITALS = 0.7  # of the letters: from here on a name is written in capitals
SHORTEST = 5  # letters: anything shorter may be an abbreviation


def _split(words: str) -> list[str]:
    return words.split()


SMALL = frozenset(
    _split(
        "dan di ke dari untuk yang pada dengan atau dalam oleh serta bagi kepada terhadap tentang atas sebagai antara antar per "
        "melalui secara menurut guna sampai hingga tanpa"
    )
)
# as they are spelled, whatever the source did
ACRONYMS = {
    word.casefold(): word
    for word in _split(
        "AKIP SAKIP ASN PNS PPPK PKK SKPD OPD UPTD APBD APBN APBDes APBDesa DPA RKA DPRD DPD RT RW UMKM UKM IKM BUMD BUMN BUMDes BUMDesa "
        "Linmas Satlinmas Satpol PP Kesra Forkopimda Forkopimcam Musrenbang Musrenbangcam Posyandu KTP KK NIK LKjIP LKPJ LPPD RPJMD "
        "RPJMDes RKPD RKPDes Renstra Renja SOP SPM SPBE TIK KIA KB BPD LPMD LPMK KUA TNI POLRI NKRI PAUD PBB PAD SIPD IKU IKI PATEN BLT "
        "DBHCHT II III IV VI VII VIII IX XI XII"
    )
}


def reading_name(name: str) -> str:
    """The name in title case where it is written in capitals; any other as it is."""
    letters = [char for char in name if char.isalpha()]
    if len(letters) < SHORTEST or sum(char.isupper() for char in letters) < CAPITALS * len(letters):
        return name
    return WORD.sub(lambda found: _cased(found[0], is_first=found.start() == 0), name)


def _cased(word: str, is_first: bool) -> str:
    small = word.casefold()
    if small in ACRONYMS:
        return ACRONYMS[small]
    if small in SMALL and not is_first:
        return small
    return small[0].upper() + small[1:] if word.isupper() else word
