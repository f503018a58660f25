"""What a page in the browser is measured against: axe-core, sideways scrolling, and text set wider by its reader."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "pages" / "node_modules" / "axe-core" / "axe.min.js"
HEIGHT = 800
WIDTHS = (1366, 683, 360, 320)  # the second is the first at 200 % zoom

RUN_AXE = """async (only) => {
  const rules = { "target-size": { enabled: true } };
  const options = only.length ? { runOnly: { type: "rule", values: only } } : { rules };
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} – ${node.html.slice(0, 120)}`));
}"""

# What reaches over the right edge and is not inside a frame that scrolls by itself.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const name = (one) => one.tagName.toLowerCase() + [...one.classList].map((word) => `.${word}`).join("");
  const wide = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > edge + 1 && !one.closest(".table-frame, .visually-hidden"));
  return wide.slice(0, 4).map((one) => `scrolls sideways: ${name(one.parentElement)} > ${name(one)}`).concat(wide.length ? [] : ["scrolls sideways"]);
}"""

# WCAG 1.4.12: text that its reader sets wider is neither cut off nor makes the page scroll sideways.
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
  const style = getComputedStyle(one), clips = ["hidden", "clip"];
  if (one.closest(".visually-hidden, svg, [hidden]") || one.clientHeight <= 1 || !one.innerText?.trim() || !one.offsetParent) return false;
  return (clips.includes(style.overflowX) && one.scrollWidth > one.clientWidth + 2)
      || (clips.includes(style.overflowY) && one.scrollHeight > one.clientHeight + 2);
}).slice(0, 4).map((one) => `text cut off when set wider: ${one.tagName.toLowerCase()}.${[...one.classList].join(".")} ${one.innerText.trim().slice(0, 40)}`)"""

UNFOLD = "document.querySelectorAll('details').forEach((fold) => fold.open = true)"
UNFOLD_IN_PLACE = UNFOLD.replace("'details'", "'details:not(.menu)'")  # an open menu covers what is below it


def tell(faults: list[tuple[str, str]]) -> None:
    """Fail with each fault once and where it was found, given as (address, fault)."""
    places: dict[str, list[str]] = {}
    for place, fault in faults:
        places.setdefault(fault, []).append(place)
    lines = [
        f"{fault}\n      on {len(where)} pages: {', '.join(where[:4])}"
        for fault, where in sorted(places.items())
    ]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def axe(page, *only: str) -> list[str]:
    """Violations of all rules, or of those named."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(path=AXE)
    return page.evaluate(RUN_AXE, list(only))


def show_whole(page, width: int) -> None:
    """The page as high as it is: a target under a floating bar can be scrolled free, and is not too small for it."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.set_viewport_size(
        {"width": width, "height": max(HEIGHT, page.evaluate("document.documentElement.scrollHeight"))}
    )


def at_every_width(page) -> list[str]:
    """Faults of the page as it stands, folded and unfolded, from an office screen to a small phone; then with wider text."""
    faults = []
    for width in WIDTHS:
        show_whole(page, width)
        faults += [f"{width} px: {fault}" for fault in page.evaluate(TOO_WIDE)]
        faults += [f"{width} px: {fault}" for fault in axe(page)] if width != 683 else []
    page.evaluate(UNFOLD_IN_PLACE)
    show_whole(page, WIDTHS[-1])
    faults += [f"320 px, unfolded: {fault}" for fault in [*page.evaluate(TOO_WIDE), *axe(page)]]
    page.add_style_tag(content=SPACING)
    return faults + [
        f"320 px, wider text: {fault}" for fault in [*page.evaluate(TOO_WIDE), *page.evaluate(CUT_OFF)]
    ]


def in_the_dark(page) -> list[str]:
    """Faults of contrast when the reader prefers dark pages."""
    page.emulate_media(color_scheme="dark")
    page.evaluate(UNFOLD)
    faults = [f"dark: {fault}" for fault in axe(page, "color-contrast")]
    page.emulate_media(color_scheme="light")
    return faults
