"""WeasyPrint with the house's style and fonts, made ready once in the process that forks a child for each paper (workers/forking.py).

A style sheet, seven fonts and the types of the C libraries cost as much as a page of text; and WeasyPrint copies the fonts of each text that it sets into a
temporary folder, which a child that is simply gone leaves behind. Here they are read once, and the folder goes with the process.
`SAKIP_STATIC` names the folder with our static files.
"""

import atexit
import os
import shutil
from pathlib import Path
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import shortcuts
from .own_files import CONTENT_TYPES, allowed_file
from .trees import DOCTYPE, parsed

ROOT = Path(os.environ["SAKIP_STATIC"]).resolve()
OPTIONS = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}
ANYWHERE = "thead, tbody, tr { break-before: auto !important; break-inside: auto !important; break-after: auto !important; }"
EVERY_FACE = (
    f'{DOCTYPE}<html lang="id"><head><title>Contoh</title><link rel="stylesheet" href="css/paper.css"/></head>'
    '<body class="portrait-A4" data-number="1"><h1>Ag</h1><p class="text">kata <b>kata</b> <i>kata <b>kata</b></i></p>'
    '<div class="sheet"><p>kata <b>kata</b> <i>kata</i></p><table class="grid"><tbody><tr><td>1</td></tr></tbody></table></div></body></html>'
)


class OwnFiles(URLFetcher):
    """Never opens a URL: gives the pictures that came along (by address below the static folder), reads files there, refuses the rest."""

    def __init__(self, pictures: dict[str, bytes]):
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self.pictures = pictures

    def fetch(self, url, headers=None):
        path = allowed_file(url, ROOT)
        content = self.pictures.get(str(path.relative_to(ROOT))) or path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": CONTENT_TYPES[path.suffix]})


class HouseText(HTML):
    """A tree to be set in the house's style. What it links of our own style sheets was read before."""

    def __init__(self, root: Element, pictures: dict[str, bytes]):
        self.base_url, self.url_fetcher, self.media_type = f"{ROOT.as_uri()}/", OwnFiles(pictures), "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self.sheets = [
            SHEETS[link.attrib.pop("href")] for link in root.iter("link") if link.get("href") in SHEETS
        ]

    def laid_out(self) -> Document:
        """The pages. WeasyPrint 70 stops at several tbody that must stay together and don't fit on one page: then their rows may break anywhere."""
        try:
            return self.render(font_config=FONTS, stylesheets=self.sheets, **OPTIONS)
        except AssertionError:
            sheets = [*self.sheets, CSS(string=ANYWHERE)]
            return self.render(font_config=FONTS, stylesheets=sheets, **OPTIONS)


def clear_up() -> None:
    """WeasyPrint's temporary folder with the fonts."""
    if FONTS._folder:
        shutil.rmtree(FONTS._folder, ignore_errors=True)


shortcuts.take()
FONTS = FontConfiguration()
atexit.register(clear_up)
SHEETS = {
    name: CSS(filename=ROOT / name, url_fetcher=OwnFiles({}), font_config=FONTS)
    for name in ("css/paper.css", "css/stamp.css")
}
SAMPLE = HouseText(parsed(EVERY_FACE), {}).laid_out()
SAMPLE.write_pdf(**OPTIONS)  # fills what is made at the first use
FACES = SAMPLE.fonts  # by WeasyPrint's key, which is the same in every child
