"""Long papers: how they grow, and what they cost beside WeasyPrint with nothing but the texts of their tables."""

import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path

from tests.bench.places import Place, Places
from tests.bench.results import Result, at_most
from tests.bench.sampling import Sample
from tests.bench.watching import Watch
from tests.bench.worker import ROOT, Worker

FEW, MANY = 500, 2_000
TURNS = 2
MOST_GROWTH, MOST_TIME, MOST_MEMORY, MOST_OF_OFFICE = 4.5, 0.55, 0.35, 0.5
PAPERS = {"report": "laporan_hasil", "kertas kerja": "kertas_kerja_pengukuran"}
NO_OFFICE = "skipped: LibreOffice (soffice) is not installed"


def papers(places: Places, large: bool) -> list[Result]:
    found = []
    with places.original("S").worker() as worker:
        worker.ask("rows.pdfs:render", kind="laporan_hasil", rows=0)  # the renderer is warm, as in a server
        for what, kind in PAPERS.items():
            found += _of_kind(worker, what, kind)
    return found


def _of_kind(worker: Worker, what: str, kind: str) -> list[Result]:
    """Within the limits of an office: what takes longer breaks the row."""
    few, many, plain = [], [], []
    for _ in range(TURNS):
        few.append(_cost(worker, kind, FEW))
        many.append(_cost(worker, kind, MANY))
        plain.append(_plain(worker, kind))
    seconds = f"{many[-1][0]:.1f} s, plain {plain[-1][0]:.1f} s"
    memory = f"{many[-1][1]:.0f} MiB, plain {plain[-1][1]:.0f} MiB"
    return [
        Result(f"{what}: {MANY} rows ÷ {FEW}", at_most(MOST_GROWTH), _ratio(many, few, 0), seconds),
        Result(f"{what} of {MANY} rows ÷ plain: time", at_most(MOST_TIME), _ratio(many, plain, 0)),
        Result(
            f"{what} of {MANY} rows ÷ plain: memory", at_most(MOST_MEMORY), _ratio(many, plain, 1), memory
        ),
    ]


def _ratio(top: list[tuple], bottom: list[tuple], part: int) -> Sample:
    return Sample.of([one[part] / other[part] for one, other in zip(top, bottom, strict=True)])


def _cost(worker: Worker, kind: str, rows: int) -> tuple[float, float]:
    """CPU of everybody who takes part; memory of those who render."""
    with Watch(worker.process.pid) as watch:
        worker.ask("rows.pdfs:render", kind=kind, rows=rows)
    return watch.cpu, watch.memory


def _plain(worker: Worker, kind: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        source = Path(folder) / "bare.html"
        worker.ask("rows.pdfs:write_bare", kind=kind, rows=MANY, path=str(source))
        command = [sys.executable, "-m", "tests.bench.plain_pdf", str(source)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        with Watch(process.pid, with_root=True) as watch:
            said, _ = process.communicate()
    return float(said), watch.memory


def from_rows(places: Places, large: bool) -> list[Result]:
    """From what is stored to a PDF, against LibreOffice that recalculates and prints the same worksheet's workbook."""
    what = "stored rows to PDF ÷ LibreOffice with the same workbook"
    office = shutil.which("soffice")
    if not office:
        return [Result(what, at_most(MOST_OF_OFFICE), None, NO_OFFICE)]
    found = []
    for size, rows in (("S", 67), ("W7", 500)):
        place = places.original(size)
        ratios = []
        with place.worker() as worker:
            worker.ask("rows.pdfs:render", kind="laporan_hasil", rows=0)
            for _ in range(TURNS):
                with Watch(worker.process.pid) as ours:
                    worker.ask("rows.pdfs:from_stored")
                ratios.append(ours.cpu / _by_office(worker, office, place))
        found.append(Result(f"{what}: {rows} rows", at_most(MOST_OF_OFFICE), Sample.of(ratios)))
    return found


def _by_office(worker: Worker, office: str, place: Place) -> float:
    with tempfile.TemporaryDirectory(prefix="sakip-bench-") as folder:
        book = Path(folder) / "kertas-kerja.xlsx"
        worker.ask("rows.pdfs:write_workbook", path=str(book))
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(book),
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Watch(process.pid) as watch:
            process.wait()
        if not book.with_suffix(".pdf").exists():
            raise OSError("soffice made no PDF")
    return watch.cpu


# In the installation


def _content(kind: str, rows: int) -> dict:
    """An issued paper's content, its tables repeated until they have so many rows."""
    from measurement.models import Paper

    content = Paper.objects.filter(kind=kind).earliest("pk").content
    if not rows:
        return content
    if "groups" in content:
        return content | {"groups": list(_filled(content["groups"], "rows", rows))}
    have = sum(_indicators(section["lines"]) for section in content["sections"])
    tables = {key: content[key] for key in ("all_levels", "workings", "evidence") if content.get(key)}
    longer = {key: list(islice(cycle(lines), len(lines) * rows // have)) for key, lines in tables.items()}
    return content | longer | {"sections": list(_filled(content["sections"], "lines", rows))}


def _indicators(lines: list[dict]) -> int:
    """How many lines are about an indicator and not about a branch above some."""
    return sum(not line.get("is_branch") for line in lines)


def _filled(groups: list[dict], key: str, rows: int) -> Iterator[dict]:
    """Groups with their lines, again and again, until there are so many indicators."""
    for group in cycle([group for group in groups if _indicators(group[key])]):
        kept = list[dict]()
        for line in group[key]:
            if rows > 0:
                kept.append(line)
                rows -= _indicators([line])
        yield group | {key: kept}
        if rows <= 0:
            return


def render(kind: str, rows: int) -> int:
    from measurement.papers import KINDS
    from measurement.papers.render import render_pdf

    return len(render_pdf(KINDS[kind], _content(kind, rows)))


class Tables(HTMLParser):
    """The texts of all cells, by table and row."""

    def __init__(self, page: str):
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.tables[-1][-1][-1] += data


def write_bare(kind: str, rows: int, path: str) -> None:
    """The same tables without a style, on pages as the paper has them."""
    from measurement.papers import KINDS
    from measurement.papers.render import render_html

    paper = KINDS[kind]
    tables = Tables(render_html(paper, _content(kind, rows))).tables
    body = "".join(f"<table>{''.join(_row(cells) for cells in table)}</table>" for table in tables)
    size = "A4 landscape" if paper.landscape else "A4"
    Path(path).write_text(f"<!DOCTYPE html><style>@page {{ size: {size} }}</style>{body}")


def _row(cells: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{html.escape(cell.strip())}</td>' for cell in cells)}</tr>"


def from_stored() -> None:
    from measurement.models import MeasurementCycle, Person
    from measurement.papers import draft
    from measurement.rules.sop import State

    cycle = MeasurementCycle.objects.select_related("unit", "plan").get(state=State.PENGUKURAN)
    kind = PAPERS["kertas kerja"]
    draft.draft_pdf(kind, draft.draft_content(cycle, kind, Person.objects.get(username="tim1")))


def write_workbook(path: str) -> None:
    from tests.bench.rows.workbooks import workbook

    Path(path).write_bytes(workbook())
