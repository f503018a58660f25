"""Small files of every kind that may be uploaded, and the same with something wrong in them."""

import io
import struct
import zipfile
import zlib

from pypdf import PdfReader, PdfWriter

from tests.support.sheets import PDF

CONTENTS = "[Content_Types].xml"
DOCX = {CONTENTS: b"<Types/>", "word/document.xml": b"<document/>"}
XLSX = {CONTENTS: b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def locked_pdf(**options) -> bytes:
    writer, file = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF))), io.BytesIO()
    writer.encrypt("rahasia", **options)
    writer.write(file)
    return file.getvalue()


def pdf_with_table_object(key: bytes = b"") -> bytes:
    """A PDF whose table of objects is an object, as new programs write it."""
    head = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n"
    table = (
        b"2 0 obj <</Type /XRef /Size 3 /Root 1 0 R " + key + b"/Length 3>> stream\nabc\nendstream endobj\n"
    )
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def jpeg(width: int = 8, height: int = 8, frame: int = 0xC0, thumbnail: bytes = b"") -> bytes:
    """Header segments (perhaps with a thumbnail that has an end of its own), one frame, one scan, the end."""
    exif = b"\xff\xe1" + struct.pack(">H", 2 + len(thumbnail)) + thumbnail
    size = b"\xff" + bytes([frame]) + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + exif
        + size
        + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        + b"\x12\xff\x00\x34" * 20
        + b"\xff\xd9"
    )


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
        + chunk(b"IEND", b"")
    )


def package(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def locked_package(parts: dict[str, bytes]) -> bytes:
    """The same with the mark of a password on its parts."""
    content = bytearray(package(parts))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(content)


def old_office(locked: bool) -> bytes:
    """The container of old Office formats, which also holds a new one with a password."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + ("EncryptedPackage" if locked else "Workbook").encode("utf-16-le")
    )
