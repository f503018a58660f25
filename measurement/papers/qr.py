"""How a paper says where it can be checked: the address as a QR symbol (ISO/IEC 18004) drawn as one path, and the code in groups."""

from itertools import groupby

QUIET = 4  # modules of white around the symbol, as the standard asks


def verification(content: dict) -> dict:
    """What the verification block prints; nothing for an extract, which has no code and names the address of the whole paper."""
    if not content.get("verify_url"):
        return {}
    return {"url": content["verify_url"], "code": in_groups(content["code"]), **symbol(content["verify_url"])}


def in_groups(code: str) -> str:
    """A code in groups of four, to be read aloud and typed."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def symbol(text: str) -> dict:
    """The QR symbol of a text at error level M or better: the SVG path of its dark modules, and the side of its square, quiet zone included."""
    import segno  # noqa: PLC0415 – loaded where a symbol is drawn

    rows = segno.make_qr(text, error="m").matrix
    runs = []
    for y, row in enumerate(rows, start=QUIET):
        x = QUIET
        for dark, modules in groupby(row):
            width = len(list(modules))
            if dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return {"path": "".join(runs), "side": len(rows) + 2 * QUIET}
