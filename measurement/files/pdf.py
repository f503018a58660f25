"""PDF by its bytes: whether it is whole, and whether it opens without a password."""

import re

END = 2048  # bytes at the end within which readers look for the mark of the end
LAST_TABLE = re.compile(rb"startxref\s+([0-9]{1,15})\s+%%EOF")
TABLE = re.compile(rb"\s*(?:xref\b|[0-9]{1,10}\s+[0-9]{1,5}\s+obj\b)")
KEY = re.compile(rb"/Encrypt\b")
CUT = "tidak utuh: bagian akhirnya hilang atau rusak. Simpan atau pindai ulang, lalu unggah lagi."
LOCKED = "terkunci kata sandi atau dienkripsi. Cetak ulang ke PDF tanpa kunci, lalu unggah lagi."


def pdf_fault(content: bytes) -> str:
    """What is wrong with a PDF; empty for a good one. The end of a PDF says where its last table of objects begins."""
    ends = list(LAST_TABLE.finditer(content, max(len(content) - END, 0)))
    if not ends:
        return CUT
    start, end = int(ends[-1][1]), ends[-1].start()
    if not TABLE.match(content, start):
        return CUT
    return LOCKED if KEY.search(_trailer(content, start, end)) else ""


def _trailer(content: bytes, start: int, end: int) -> bytes:
    """The dictionary that belongs to the table at `start`: behind the word "trailer", or that of the object that is the table."""
    if content[start : start + 20].lstrip().startswith(b"xref"):
        begin = content.find(b"trailer", start)
        stop = content.find(b"startxref", begin)
        return content[begin:stop] if begin >= 0 else b""
    return content[start : content.find(b"stream", start)]
