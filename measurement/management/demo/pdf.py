"""A small real PDF of one page with a few lines of text, for evidence and reference documents of the demonstration."""

OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
)


def small_pdf(lines: list[str]) -> bytes:
    """One A4 page; the same lines give the same bytes."""
    text = "BT /F1 11 Tf 60 780 Td 16 TL " + " ".join(f"({_escaped(line)}) '" for line in lines) + " ET"
    bodies = [*OBJECTS, f"<< /Length {len(text.encode('cp1252', 'replace'))} >>\nstream\n{text}\nendstream"]
    document, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(document))
        document += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size, start = len(bodies) + 1, len(document)
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return document + trailer.encode()


def _escaped(line: str) -> str:
    return line[:95].replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
