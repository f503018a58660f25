"""Pictures by their headers: how large they would become when they are opened, and whether their end is there. Nothing is decoded."""

import struct

MOST_PIXELS = 80_000_000
LONGEST_SIDE = 12_000
CUT = "tidak utuh: bagian akhirnya hilang atau rusak. Ambil atau simpan ulang gambarnya, lalu unggah lagi."
TOO_LARGE = f"terlalu besar: sisi paling panjang {LONGEST_SIDE} piksel dan paling banyak {MOST_PIXELS // 1_000_000} megapiksel. Perkecil gambarnya."
JPEG_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # frame headers; the others are tables
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
SCAN, END_OF_IMAGE = 0xDA, b"\xff\xd9"


def jpeg_fault(content: bytes) -> str:
    """What is wrong with a JPEG; empty for a good one."""
    return _fault(*_jpeg(content))


def png_fault(content: bytes) -> str:
    """What is wrong with a PNG; empty for a good one."""
    return _fault(*_png(content))


def picture_size(kind: str, content: bytes) -> tuple[int, int]:
    """Width and height of a picture that has no fault."""
    size, _ = (_jpeg if kind == "jpg" else _png)(content)
    if size is None:
        raise ValueError("a picture without a size")
    return size


def _jpeg(content: bytes) -> tuple[tuple[int, int] | None, bool]:
    """Size, and whether the end is there. A JPEG's header is a chain of segments before the first scan."""
    at, size = 2, None
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == SCAN:
            return size, content.rfind(END_OF_IMAGE) > at
        if marker in JPEG_SIZES and at + 9 <= len(content):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            size = (width, height)
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return size, False


def _png(content: bytes) -> tuple[tuple[int, int] | None, bool]:
    """Size, and whether the end is there. A PNG is a chain of chunks from IHDR to IEND."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        return None, False
    size, at = struct.unpack(">II", content[16:24]), 8
    while at + 12 <= len(content):
        if content[at + 4 : at + 8] == b"IEND":
            return size, True
        at += 12 + struct.unpack(">I", content[at : at + 4])[0]
    return size, False


def _too_large(size: tuple[int, int]) -> bool:
    return max(size) > LONGEST_SIDE or size[0] * size[1] > MOST_PIXELS


def _fault(size: tuple[int, int] | None, has_end: bool) -> str:
    if size and _too_large(size):
        return TOO_LARGE
    return "" if size and min(size) > 0 and has_end else CUT
