"""What no reader of these pages should meet: English words and the code's own names for things."""

import re
from html.parser import HTMLParser

# English words that are neither Indonesian words nor terms of the office (draft, program, format, total, status, data, unit, video, …).
WORDS = """
    about above accept accepted account actions active actual add added address after again all allowed already amount an and another
    answer any applied apply approval approve approved archive archived are ask assigned at attach attached attachment august author
    available average back be because been before begin below between body both browse budget but button by call camera cancel cancelled
    cannot change changed changes chart check checked child choose chosen clear cleared click close closed code column columns comment
    comments compare complete completed confirm content continue copy correct could count create created current cut cycle daily dashboard
    date day days deadline december default delete deleted deny description details did different disabled discard dismiss does done down
    download downloaded drag drop due duplicate each earlier edit edited employee empty enabled end ended english enter entry error errors
    evaluate evaluation every evidence expand expired export failed failure false february field fields figure file files fill filled
    filter find finish finished first follow for forbidden forgot found friday from full generate get given go goal got green group had
    has have header heading hello help here hide hint hints his history home hour hours how if image in incomplete indicator input inside
    invalid is issued it item items its january july june keep key label large last late later latest leave left less line link list load
    loading location lock log login logout lost mail make manage many march mark match may meeting member message messages minute minutes
    missing monday month more most move must my name new next none not note notes nothing now number october of office ok older on once
    one only open opened optional options or order other our out outcome output over overdue overview owner page pages paper parent
    password past paste people percent perform permission person phone pick place please post preview previous print problem progress
    provide put quarter question quick read ready reason recent record refresh reject rejected remaining remember remove removed reopen
    replace reply report reports request required reset resolved result results return returned review reviewed right role round row rows
    saturday save saved search section see select selected send sender sent server session set settings setup share sheet should show sign
    signature signed since size skip small some soon sort spent start started state step steps still stop stored strong subject submit
    submitted success successful such summary sunday supervisor switch table task tasks team text than that the their them then there
    these they this those thursday time timeline timeout times title to today together toggle tomorrow too top town true try tuesday
    turn type undo unknown until untitled up update updated upload uploaded use used user username users value values verdict
    verified verify version view viewing void waiting warning was we wednesday week welcome were what when where which while who why will
    with without words work worksheet would write written wrong year years yellow yes yesterday yet you your
"""
ENGLISH = frozenset(WORDS.split())
READ_ALOUD = (
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
)
CODE = {
    "a name from the code": r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b",
    "a value of the code": r"\b(?:None|True|False|null|undefined|NaN|Infinity)\b",
    "a piece of a template": r"{{|}}|{%|%}|\$\{",
    "a date as machines write it": r"\b20\d\d-[01]\d-[0-3]\d\b",
    "a decimal point": r"(?<![\w.,/-])(?<!Tabel )(?!(?:[01]?\d|2[0-3])\.[0-5]\d\b)\d+\.(?:\d{1,2}|\d{4,})(?![\w.,/-])",
    "a Python object": r"<[A-Za-z_.]+(?: object| at 0x|:)|\bdict_|\[\'|\{\'",
}


class Reader(HTMLParser):
    """The text of a page as it is seen, heard or offered for choosing, piece by piece."""

    # code: names of columns and of places to fill in, as a file must spell them
    SILENT = {"script", "style", "template", "code"}
    VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def __init__(self, page: str):
        super().__init__()
        self.pieces, self.inside = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.pieces += [given[name] for name in READ_ALOUD if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.pieces.append(given.get("value") or "")
        if tag not in self.VOID:
            self.inside.append(given.get("lang") or tag)

    def handle_endtag(self, tag):
        if self.inside and tag not in self.VOID:
            self.inside.pop()

    def handle_data(self, text):
        if text.strip() and not self.SILENT & set(self.inside):
            self.pieces.append(" ".join(text.split()))


def pieces_of(page: str) -> list[str]:
    return Reader(page).pieces


# Nobody's prose: e-mail addresses, links, names of sites and files, places to fill in, columns as a table to be checked must spell them, and the one English name
# in the national nomenclature. And a key of the keyboard, which bears its name.
NO_PROSE = re.compile(
    r"\S+@\S+|https?://\S+|/[\w/.-]+|\b[\w-]+\.(?:pdf|xlsx|csv|zip|docx|txt|jpe?g|png)\b|(?<!{){\w+}"
    r"|(?:\*\.)?(?:[a-z0-9-]+\.)+(?:id|com)\b|\b(?:capaian_published|serapan_published|realisasi_anggaran)\b|\bMedical Check Up\b|\b(?:Shift )?Enter\b"
)


def faults_of(text: str) -> list[str]:
    """English words and code in one piece of text."""
    prose = NO_PROSE.sub(" ", text)
    english = sorted(set(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", prose.lower())) & ENGLISH)
    code = [f"{what}: {found}" for what, pattern in CODE.items() for found in re.findall(pattern, prose)]
    return [*(f"English: {word}" for word in english), *code]


def faults_in(page: str) -> list[str]:
    """Each fault of a page with the words around it."""
    return [f"{fault} in “{piece[:90]}”" for piece in pieces_of(page) for fault in faults_of(piece)]
