"""The pictures of the guide, taken of the running demonstration: `make pictures`. They are taken anew where pages changed, so that none grows old."""

import io
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import CHROMIUM, CHROMIUM_ARGS, ROOT, Server, Visitor, demonstration
from tests.support.demo_stages import take_to

FOLDER = ROOT / "docs" / "panduan" / "gambar"
MOST_BYTES = 60 * 1024
DESKTOP, PHONE = 1200, 390
COLOURS = (128, 64, 32, 16)  # as many as the size allows
PAPER_CODE = "SELECT code FROM measurement_paper ORDER BY issued_at LIMIT 1"


@dataclass(frozen=True)
class Picture:
    """A page as one person sees it: from the top, or from the first element that `begins` names, `height` pixels of it. `stage` is where the cycle stands."""

    name: str
    username: str
    path: str
    height: int = 800
    width: int = DESKTOP
    begins: str = ""
    stage: str = ""


PICTURES = (
    Picture("masuk", "", "/masuk/", 560),
    Picture("tugas-pimpinan", "camat", "/", 700),
    Picture("siklus", "camat", "/siklus/2/", 900),
    Picture("perintah", "camat", "/siklus/perintah/", 760),
    Picture("capaian", "camat", "/capaian/?siklus=1", 900),
    Picture("tanda-tangan", "tim1", "/tanda-tangan/", 700, stage="reported"),
    Picture("arsip", "tim1", "/arsip/", 760),
    Picture("rencana", "tim1", "/rencana/", 760),
    Picture("keterisian", "tim1", "/siklus/2/keterisian/", 760),
    Picture("kertas-kerja", "asn02", "/siklus/2/kertas-kerja/", 900),
    Picture("tugas-ponsel", "asn02", "/", 780, PHONE),
    Picture("kertas-kerja-ponsel", "asn02", "/siklus/2/kertas-kerja/", 844, PHONE),
    Picture("kesiapan", "admin", "/pengaturan/", 1000),
    Picture("hari-libur", "admin", "/pengaturan/hari-libur/", 800),
    Picture("pegawai", "admin", "/pegawai/", 800),
    Picture("impor-pegawai", "admin", "/pegawai/impor/", 700),
    Picture("verifikasi", "", "/v/{code}/", 800),
    Picture("evaluasi", "tim1", "/siklus/2/langkah/6/", 900, stage="measured"),
    Picture("kabupaten", "bappeda", "/kabupaten/", 1000, stage="beside_others"),
    Picture("kabupaten-ponsel", "bappeda", "/kabupaten/", 844, PHONE, stage="beside_others"),
    Picture("keputusan", "sekcam", "/siklus/2/langkah/9/", 900, begins="main section.card", stage="reported"),
)
# on the way to the stages that pictures name; an office that gets others beside it is one of its own
OFFICES = (("", "measured", "evaluated", "recapped", "reported"), ("beside_others",))


@contextmanager
def office() -> Iterator[Server]:
    """The demonstration in a place of its own, served on loopback."""
    with tempfile.TemporaryDirectory(prefix="sakip-gambar-") as place:
        folder = Path(place)
        with Server(folder / "server", demonstration(folder)) as server:
            yield server


def take(browser: Browser, server: Server, picture: Picture) -> bytes:
    """One picture as a PNG, whatever its size."""
    visitor = Visitor(browser, server.address, picture.username)
    visitor.page.set_viewport_size({"width": picture.width, "height": picture.height})
    visitor.go(picture.path.format(code=_paper_code(server)))
    top = 0
    if picture.begins:
        box = visitor.page.locator(picture.begins).first.bounding_box()
        top = max(0, int(box["y"]) - 16) if box else 0
    tall = visitor.page.evaluate("document.documentElement.scrollHeight")
    clip = {
        "x": 0,
        "y": top,
        "width": picture.width,
        "height": min(picture.height, tall - top),
    }
    taken = visitor.page.screenshot(clip=clip, full_page=True)
    visitor.leave()
    return taken


def _paper_code(server: Server) -> str:
    with closing(sqlite3.connect(server.folder / "sakip.sqlite3")) as database:
        return database.execute(PAPER_CODE).fetchone()[0]


def packed(taken: bytes) -> bytes:
    """With a palette, as small as the guide wants it. ValueError where that can't be."""
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    for colours in COLOURS:
        file = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if len(file.getvalue()) <= MOST_BYTES:
            return file.getvalue()
    raise ValueError(f"{len(file.getvalue())} bytes with {COLOURS[-1]} colours")


def take_all(folder: Path, names: list[str]) -> None:
    """All of them, or those with these names."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        for stages in OFFICES:
            if any(picture.stage in stages for picture in chosen(names)):
                take_of_one(browser, folder, stages, chosen(names))
        browser.close()


def chosen(names: list[str]) -> list[Picture]:
    return [picture for picture in PICTURES if not names or picture.name in names]


def take_of_one(browser: Browser, folder: Path, stages: tuple[str, ...], pictures: list[Picture]) -> None:
    """Those of one office, stage after stage."""
    with office() as server:
        for stage in stages:
            if stage:
                take_to(server, stage)
            for picture in pictures:
                if picture.stage == stage:
                    file = folder / f"{picture.name}.png"
                    file.write_bytes(packed(take(browser, server, picture)))
                    print(f"{file.name}: {file.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    take_all(FOLDER, sys.argv[1:])
