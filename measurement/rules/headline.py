"""The sentence above the figures: what was found, and who must do what. Pure: facts in, two sentences out.

Every kind has its own words: nothing measured, too few sent, provisional, nothing due yet, nothing computable, all reached, some below target; and
for money: none entered, no base to judge it by before the year ends, behind, ahead, as planned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .figure import HUNDRED, Figure
from .numbers import show, show_percent
from .sent_rows import SentRows

MOST_NAMED = 2
NOTHING_TO_DO = "Tidak ada yang perlu ditindaklanjuti."


@dataclass(frozen=True)
class Money:
    """Serapan, and where there is a base to judge it by – the cash plan to date, or the pagu once the year ends – the share of that base."""

    has_pagu: bool
    is_entered: bool
    serapan: Figure = Figure()
    judged: Figure = Figure()
    base: str = ""
    threshold: Decimal = Decimal(5)

    @property
    def points_behind(self) -> Decimal:
        """Percent points below its base as shown; below 0 where more was spent."""
        return Decimal(0) if self.judged.shown is None else Decimal(HUNDRED.numerator) - self.judged.shown

    @property
    def is_behind(self) -> bool:
        return self.points_behind > self.threshold


@dataclass(frozen=True)
class Doer:
    """Somebody who must act, and for how many rows."""

    name: str
    rows: int = 1


@dataclass(frozen=True)
class Standing:
    """What the sentence is made of: the sent rows of one cycle, its money, and who answers for what is wrong."""

    sent: SentRows
    below: int  # indicators below target, of those that can be computed
    computed: int
    not_due: int
    is_open: bool  # owners still fill in
    money: Money
    head: str  # how the office calls who leads it
    turn: str = ""  # whose step of the SOP it is, and what they do; empty once archived, and while rows are waited for
    unsent: Sequence[Doer] = ()
    unexplained: Sequence[Doer] = ()
    following_up: Sequence[Doer] = ()
    unspent: Sequence[Doer] = ()
    slow: Sequence[Doer] = ()


@dataclass(frozen=True)
class Headline:
    finding: str
    act: str

    @property
    def is_calm(self) -> bool:
        return self.act == NOTHING_TO_DO


def headline(standing: Standing) -> Headline:
    """What was found and who must act."""
    # the money of a sheet that is half sent is half told
    money = _money(standing.money) if standing.sent.is_enough else ""
    found = "; ".join(filter(None, (_indicators(standing), money)))
    acts = [words for words in _acts(standing) if words]
    return Headline(f"{found}.", f"{'; '.join(acts)}." if acts else NOTHING_TO_DO)


def _indicators(standing: Standing) -> str:
    sent = standing.sent
    if not standing.computed and not sent.asked:
        later = f"; {standing.not_due} indikator belum waktunya diukur" if standing.not_due else ""
        return f"Belum ada indikator yang harus diukur pada periode ini{later}"
    if not sent.sent and not standing.computed:
        return f"Belum ada yang diukur: {sent.words}"
    if not sent.is_enough:
        return f"{sent.too_few_words}{_below_so_far(standing)}"
    if not standing.computed:
        return "Belum ada indikator yang dapat dihitung"
    return ("Sementara: " if standing.is_open else "") + _capital(_judged(standing), standing.is_open)


def _below_so_far(standing: Standing) -> str:
    """Of what was sent; nothing where nothing can be said."""
    if not standing.computed:
        return ""
    if not standing.below:
        return f"; {standing.computed} yang dapat dihitung mencapai target"
    return f"; {standing.below} dari {standing.computed} yang dapat dihitung di bawah target"


def _judged(standing: Standing) -> str:
    later = f" ({standing.not_due} belum waktunya diukur)" if standing.not_due else ""
    if standing.computed == 1:
        one = "di bawah target" if standing.below else "mencapai target"
        return f"satu-satunya indikator yang dapat dihitung {one}{later}"
    if not standing.below:
        return f"semua {standing.computed} indikator mencapai target{later}"
    return f"{standing.below} dari {standing.computed} indikator di bawah target{later}"


def _capital(text: str, within: bool) -> str:
    return text if within else text[0].upper() + text[1:]


def _money(money: Money) -> str:
    if not money.is_entered:
        return "realisasi anggaran belum diisi" if money.has_pagu else ""
    if money.judged.shown is None:
        shown = money.serapan.shown
        return "" if shown is None else f"serapan {show_percent(shown)} dari pagu setahun"
    points = show(abs(money.points_behind), 0)
    if money.is_behind:
        return f"serapan tertinggal {points} poin dari {money.base}"
    if -money.points_behind > money.threshold:
        return f"serapan {points} poin di atas {money.base}"
    return f"serapan {show_percent(money.judged.shown)} dari {money.base}"


def _acts(standing: Standing) -> list[str]:
    """Who must do what, the first things first."""
    explain = "menuliskan sebabnya" if standing.is_open else f"menjelaskan sebabnya kepada {standing.head}"
    return [
        standing.turn,
        _act(standing.unsent, "mengirim kertas kerja", "baris") if standing.is_open else "",
        _act(standing.unexplained, explain, "indikator"),
        _act(standing.following_up, "menjalankan tindak lanjut", "indikator"),
        _act(standing.unspent, "mengisi realisasi anggaran", "sub kegiatan"),
        _act(standing.slow, "mempercepat belanja", "sub kegiatan") if standing.money.is_behind else "",
    ]


def _act(doers: Sequence[Doer], what: str, unit: str) -> str:
    return f"{_named(doers, unit)} {what}" if doers else ""


def _named(doers: Sequence[Doer], unit: str) -> str:
    """ "ASN Contoh 03 (5 baris), ASN Contoh 07 (4 baris), dan 6 pegawai lain"; the number of rows where it is more than one.

    Who has most comes first, those with as many in the order in which they are given: that of their need.
    """
    ranked = sorted(doers, key=lambda doer: -doer.rows)
    names = [f"{doer.name} ({doer.rows} {unit})" if doer.rows > 1 else doer.name for doer in ranked]
    if len(names) <= MOST_NAMED:
        return " dan ".join(names)
    return f"{', '.join(names[:MOST_NAMED])}, dan {len(names) - MOST_NAMED} pegawai lain"
