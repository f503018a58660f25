"""Pages against a constant page behind the same middleware, and against themselves where there are many offices."""

from collections.abc import Iterator

from tests.bench.places import Places
from tests.bench.results import Result, at_least
from tests.bench.sampling import Sample, in_turns
from tests.bench.visiting import CONSTANT
from tests.bench.worker import Worker

REPEATS = 5
CONSTANT_TIMES = 12
SHEET = "/siklus/2/kertas-kerja/"
LEAST, LEAST_OF_MAIN, LEAST_OF_SHEET = 0.1, 0.25, 0.15

MAIN = (
    ("home of an ASN", "asn02", "/"),
    ("home of the Camat", "camat", "/"),
    ("home of the Tim SAKIP", "tim1", "/"),
    ("cycle", "camat", "/siklus/2/"),
    ("recap", "camat", "/siklus/2/rekap/"),
    ("Capaian", "camat", "/capaian/"),
)
OTHERS = (
    ("cycles", "camat", "/siklus/"),
    ("archived cycle", "camat", "/siklus/1/"),
    ("worksheet of all", "tim1", "/siklus/2/kertas-kerja/semua/"),
    ("Keterisian", "tim1", "/siklus/2/keterisian/"),
    ("report page", "camat", "/siklus/1/laporan/"),
    ("evaluation (step 6)", "tim1", "/siklus/1/langkah/6/"),
    ("receipt", "camat", "/siklus/2/tanda-terima/15/"),
    ("row's history", "asn02", "/siklus/2/kertas-kerja/{row}/riwayat/"),
    ("working of the office", "camat", "/siklus/2/hitungan/"),
    ("Capaian over periods", "camat", "/capaian/tren/"),
    ("Capaian over years", "camat", "/capaian/tahun/"),
    ("plan", "tim1", "/rencana/"),
    ("indicator", "tim1", "/rencana/indikator/1/"),
    ("consistency", "tim1", "/rencana/konsistensi/"),
    ("archive", "camat", "/arsip/"),
    ("numbers", "tim1", "/arsip/nomor/"),
    ("search", "tim1", "/cari/?q=laporan"),
    ("messages", "asn02", "/pesan/"),
    ("signatures", "camat", "/tanda-tangan/"),
    ("follow-ups", "camat", "/tindak-lanjut/"),
    ("people", "admin", "/pegawai/"),
    ("readiness", "admin", "/pengaturan/"),
    ("help", "asn02", "/bantuan/"),
)


def worksheet(places: Places, large: bool) -> list[Result]:
    """Eighty rows of one ASN, all filled in and open; as it is, and compressed as browsers ask for it."""
    with places.original("S80").worker() as worker:
        plain = against_constant(worker, "asn02", SHEET)
        compressed = against_constant(worker, "asn02", SHEET, compressed=True)
    return [
        Result("worksheet of 80 rows ÷ constant page", at_least(LEAST_OF_SHEET), plain),
        Result("the same, compressed as for a browser", None, compressed),
    ]


def others(places: Places, large: bool) -> Iterator[Result]:
    with places.original("S").worker() as worker:
        keys = worker.ask("visiting:keys")
        for pages, least in ((MAIN, LEAST_OF_MAIN), (OTHERS, LEAST)):
            for what, username, url in pages:
                yield Result(what, at_least(least), against_constant(worker, username, url.format(**keys)))


def against_constant(worker: Worker, username: str, url: str, compressed: bool = False) -> Sample:
    """CPU of the constant page divided by that of the other."""

    def cost_of(what: str, times: int) -> float:
        return worker.ask("visiting:cpu_of", username=username, url=what, times=times, compressed=compressed)

    pages, constants = in_turns(REPEATS, lambda: cost_of(url, 2), lambda: cost_of(CONSTANT, CONSTANT_TIMES))
    return Sample.of([constant / page for page, constant in zip(pages, constants, strict=True)])
