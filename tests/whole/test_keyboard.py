"""Every job done with the keyboard alone: Tab and Shift+Tab, Enter, Space, arrows and letters. Each place the focus rests on is seen."""

import pytest

from tests.support.browser import PASSWORD, Visitor
from tests.support.demo_stages import take_to

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

FARTHEST = 400  # so many times Tab on one page, and whoever has not arrived sits in a trap
MOST_CHECKS = 2  # so many times the answers are shown again before they go
TEXT = "Koordinasi dengan pemerintah desa berjalan baik."
# Where the focus is: whether it is seen there, and whether that is where somebody wants to go. An outline or a shadow shows it, and the page has
# scrolled there within some frames. (Parts of a date field are marked by Chromium.)
FOCUS = """async (wanted) => {
  const one = document.activeElement;
  const seen = async () => {
    if (one === document.body) return true;
    const style = getComputedStyle(one);
    if (one.type !== "date" && !(parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none") && style.boxShadow === "none") return false;
    for (let frame = 0; frame < 60; frame += 1) {
      const box = one.getBoundingClientRect();
      if (box.bottom > 0 && box.top < innerHeight) return true;
      await new Promise(requestAnimationFrame);
    }
    return false;
  };
  return { seen: await seen(), arrived: one === wanted, place: one.outerHTML.slice(0, 200) };
}"""


class Typist(Visitor):
    """A person without a mouse."""

    def log_in(self, username: str) -> None:
        self.go("/masuk/")
        self.fill(self.page.locator("input[name=username]"), username)
        self.fill(self.page.locator("input[name=password]"), PASSWORD)
        self.enter(self.button("Masuk"))

    def button(self, name: str):
        page = self.page.locator("main")
        return page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first

    def move_to(self, target) -> None:
        """Tab on until the focus is there."""
        wanted = target.element_handle()
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS, wanted)
            assert focus["seen"], focus["place"]
            if focus["arrived"]:
                return
        raise AssertionError(f"not reached by Tab: {wanted.evaluate('(one) => one.outerHTML.slice(0, 200)')}")

    def fill(self, box, text: str) -> None:
        self.move_to(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def enter(self, target) -> None:
        """Go there and press Enter, which leads to another page."""
        self.move_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def start(self, title: str) -> None:
        """The task with this title, from home."""
        self.go("/")
        self.enter(self.page.locator("article", has_text=title).locator("a.btn, button").first)


@pytest.fixture
def typist(browser, served):
    """Log in as somebody; at the end the console must have been quiet."""
    came: list[Typist] = []

    def enter(username: str) -> Typist:
        came.append(Typist(browser, served.address, username))
        return came[-1]

    yield enter
    for visitor in came:
        visitor.leave()


def fill_open_cells(asn: Typist) -> None:
    """From cell to cell in the order of Tab, folds opened by Space where something is folded."""
    folded = asn.page.locator("tr.detail > td > details:not([open]) > summary")
    while folded.count():
        asn.move_to(folded.first)
        asn.page.keyboard.press("Space")
    cells = asn.page.locator("input[data-column], textarea[data-cell]")
    for cell in cells.all():
        if cell.is_visible() and not cell.input_value():
            asn.fill(cell, TEXT if cell.evaluate("(one) => one.tagName") == "TEXTAREA" else "3")


def test_an_asn_fills_in_and_sends(typist):
    asn = typist("asn02")
    asn.start("Isi kertas kerja")
    fill_open_cells(asn)
    asn.enter(asn.button("Kirim"))
    for _ in range(MOST_CHECKS):
        if asn.page.locator("#periksa").count():
            asn.enter(asn.page.locator("#periksa").get_by_role("button", name="Kirim"))
    assert "baris dikirim ke Tim SAKIP" in asn.text


def test_tim_sakip_returns_a_row_and_accepts_the_others(typist, served):
    take_to(served, "measured")
    tim = typist("tim1")
    tim.start("Evaluasi")
    folded = tim.page.locator(".judging > details.card:has(.verdict > .segment)").first
    tim.move_to(folded.locator("summary").first)
    tim.page.keyboard.press("Space")
    # Tab comes to the one that is chosen: nothing yet
    tim.move_to(folded.locator(".verdict > .segment").first.locator("input:checked"))
    for _ in range(3):
        if not tim.page.evaluate(
            "document.activeElement.value === 'return' && document.activeElement.checked"
        ):
            tim.page.keyboard.press("ArrowDown")
    reason = tim.page.locator("[name^='reason-']:visible").first
    tim.fill(reason, "Lengkapi halaman bukti yang dirujuk.")
    tim.enter(tim.button("Simpan"))
    assert "Dikembalikan (1)" in tim.text
    tim.enter(tim.button("sekaligus"))
    assert "belum dinilai · 1 menunggu penanggung jawab" in tim.page.locator(".action-bar").inner_text()


def test_sekcam_returns_with_arahan(typist, served):
    take_to(served, "evaluated", "recapped", "reported")
    sekcam = typist("sekcam")
    sekcam.start("Putuskan")
    sekcam.fill(sekcam.page.locator("#arahan"), "Jelaskan hambatan pada setiap capaian yang rendah.")
    sekcam.enter(sekcam.button("Kembalikan"))
    assert "langkah 6" in sekcam.text


def test_sekcam_approves_the_second_time(typist, served):
    take_to(served, "settled")
    sekcam = typist("sekcam")
    sekcam.start("Putuskan")
    sekcam.enter(sekcam.button("Setujui"))
    assert "langkah 10" in sekcam.text.lower()


def test_camat_orders_and_signs(typist):
    camat = typist("camat")
    camat.start("Perintahkan pengukuran")
    camat.enter(camat.button("Perintahkan pengukuran"))
    assert "giliran Sekcam" in camat.text
    camat.start("Tanda tangani")
    camat.move_to(camat.page.locator("input[name=naskah]").first)
    if not camat.page.locator("input[name=naskah]").first.is_checked():
        camat.page.keyboard.press("Space")
    camat.fill(camat.page.locator("#id_secret"), "135790")
    camat.enter(camat.button("Tanda tangani yang dipilih"))
    assert "ditandatangani" in camat.text


def test_anybody_finds_a_paper(typist):
    asn = typist("asn05")
    asn.enter(asn.page.locator("nav").get_by_role("link", name="Arsip").first)
    asn.fill(asn.page.locator("main input[type=search], main input[name=kata]").first, "laporan hasil")
    with asn.page.expect_navigation():
        asn.page.keyboard.press("Enter")
    assert "Laporan" in asn.text
