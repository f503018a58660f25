"""What was added to a PDF after the version that was given out: signatures may be, but nothing that changes what the pages show."""

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

OF_CATALOG = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"}  # what signing may change
OF_FORM = {"/Fields", "/SigFlags", "/DR", "/DA"}
ACTIONS = {"/A", "/AA"}
# square points, a quarter of an A4 page: marks that cover more show a page of their own
LARGEST_MARK = 125_000


def only_signed(sent: bytes, returned: bytes) -> bool:
    """Whether later revisions add only signature fields and what belongs to them, and leave every other object of `sent` as it was."""
    try:
        old, new = PdfFileReader(BytesIO(sent)), PdfFileReader(BytesIO(returned))
        allowed = {old.root_ref, *_references(old.trailer_view, "/Info"), *_references(old.root, "/Metadata")}
        same = (
            _same(old.root, new.root, OF_CATALOG)
            and _form_grew(old, new, allowed)
            and _pages_grew(old, new, allowed)
        )
        return same and _goes_on(old, new) and not (_replaced(old, new) - {ref.idnum for ref in allowed})
    except (PdfError, KeyError, TypeError, ValueError, RecursionError):
        # what can't be read can't be vouched for
        return False


def _goes_on(old: PdfFileReader, new: PdfFileReader) -> bool:
    """Whether the later revisions build on those of the old file, instead of leaving them aside for a body of their own."""
    known = range(old.xrefs.total_revisions)
    return new.xrefs.total_revisions >= len(known) and all(
        new.xrefs.get_startxref_for_revision(revision) == old.xrefs.get_startxref_for_revision(revision)
        for revision in known
    )


def _replaced(old: PdfFileReader, new: PdfFileReader) -> set[int]:
    """The numbers of the old file's objects that later revisions write anew or free."""
    first, last = old.xrefs.total_revisions, new.xrefs.total_revisions
    used = {ref.idnum for ref in _written(old, range(first)) if _is_in(old, ref)}
    return used & {ref.idnum for ref in _written(new, range(first, last))}


def _written(reader: PdfFileReader, revisions: range) -> set[generic.Reference]:
    return set().union(*(reader.xrefs.explicit_refs_in_revision(revision) for revision in revisions))


def _is_in(reader: PdfFileReader, ref: generic.Reference) -> bool:
    try:
        return reader.xrefs[ref] is not None
    except KeyError:
        return False


def _form_grew(old: PdfFileReader, new: PdfFileReader, allowed: set) -> bool:
    """The form keeps its fields and gains only signature fields. What may be replaced on the way is added to `allowed`."""
    before, after = _entry(old.root, "/AcroForm"), _entry(new.root, "/AcroForm")
    if after is None:
        return before is None
    before = before or generic.DictionaryObject()
    allowed |= {
        *_references(old.root, "/AcroForm"),
        *_references(before, "/Fields"),
        *_references(before, "/DR"),
    }
    if not _same(before, after, OF_FORM):
        return False
    kept, fields = (list(_entry(form, "/Fields") or ()) for form in (before, after))
    return fields[: len(kept)] == kept and all(
        _entry(field.get_object(), "/FT") == "/Sig" for field in fields[len(kept) :]
    )


def _pages_grew(old: PdfFileReader, new: PdfFileReader, allowed: set) -> bool:
    """Every page keeps all that it had and gains only widgets of signature fields."""
    count = int(old.root["/Pages"]["/Count"])
    if int(new.root["/Pages"]["/Count"]) != count:
        return False
    for number in range(count):
        before, after = (reader.find_page_for_modification(number)[0] for reader in (old, new))
        if before.reference != after.reference:
            return False
        allowed |= {before.reference, *_references(before.get_object(), "/Annots")}
        if not _page_grew(before.get_object(), after.get_object()):
            return False
    return True


def _page_grew(before: generic.DictionaryObject, after: generic.DictionaryObject) -> bool:
    kept, notes = (list(_entry(page, "/Annots") or ()) for page in (before, after))
    marks = [note.get_object() for note in notes[len(kept) :]]
    covered = sum(_area(mark["/Rect"]) for mark in marks)
    return (
        _same(before, after, {"/Annots"})
        and notes[: len(kept)] == kept
        and all(_is_signature(mark) for mark in marks)
        and covered <= LARGEST_MARK
    )


def _is_signature(note: generic.DictionaryObject) -> bool:
    field = note if "/FT" in note else _entry(note, "/Parent") or note
    return note["/Subtype"] == "/Widget" and _entry(field, "/FT") == "/Sig" and not ACTIONS & {*note, *field}


def _area(box: generic.ArrayObject) -> float:
    left, bottom, right, top = map(float, box)
    return abs(right - left) * abs(top - bottom)


def _same(before: generic.DictionaryObject, after: generic.DictionaryObject, ignored: set[str]) -> bool:
    """Whether two dictionaries have the same entries; objects they refer to are looked at by their numbers."""
    return {key: before.raw_get(key) for key in before if key not in ignored} == {
        key: after.raw_get(key) for key in after if key not in ignored
    }


def _entry(node: generic.DictionaryObject, key: str):
    return node[key] if key in node else None  # noqa: SIM401 – `get` would not follow references


def _references(node: generic.DictionaryObject, key: str) -> list[generic.Reference]:
    """The object that an entry refers to, if it is one of its own."""
    value = node.raw_get(key) if key in node else None
    return [value.reference] if isinstance(value, generic.IndirectObject) else []
