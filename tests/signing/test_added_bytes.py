"""What may come after the version of a paper that was given out: signatures, and nothing that changes what its pages show."""

import io
from functools import cache

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields

from measurement.signing.added_bytes import only_signed
from measurement.signing.inspection import Trust
from measurement.signing.returned_files import NotOurs, added_signatures
from tests.support.signed_files import authority, camat, edited, flipped, issued, sekcam, signed, signed_once


def updated(pdf: bytes, change) -> bytes:
    """The file with one more revision, in which `change` did something."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer, writer.root["/Pages"]["/Kids"][0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def other_content(writer, page):
    content = page["/Contents"]
    content._data = b"BT ET"
    content._encoded_data = None
    writer.mark_update(page.raw_get("/Contents"))


def other_size(writer, page):
    page["/MediaBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 100, 100)))
    writer.update_container(page)


def one_page_more(writer, page):
    pages = writer.root["/Pages"]
    pages["/Kids"].append(writer.add_object(generic.DictionaryObject(page)))
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def action_on_opening(writer, page):
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {generic.pdf_name("/S"): generic.pdf_name("/Print")}
    )
    writer.update_root()


def text_field(writer, page):
    names = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Tx"}
    field = generic.DictionaryObject(
        {generic.pdf_name(key): generic.pdf_name(value) for key, value in names.items()}
    )
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500)))
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(field)])
    writer.update_container(page)


def no_links(writer, page):
    page["/Annots"] = generic.ArrayObject()
    writer.update_container(page)


def other_content_as_resource(writer, page):
    """The content again, and called what signing may change."""
    other_content(writer, page)
    writer.root["/AcroForm"] = generic.DictionaryObject({generic.pdf_name("/DR"): page.raw_get("/Contents")})
    writer.update_root()


def mark_over_the_page(writer, page):
    fields.append_signature_field(writer, fields.SigFieldSpec("Cap", on_page=0, box=(0, 0, 595, 842)))


def mark_with_an_action(writer, page):
    fields.append_signature_field(writer, fields.SigFieldSpec("Cap", on_page=0, box=(100, 100, 200, 200)))
    mark = page["/Annots"][-1]
    mark["/AA"] = generic.DictionaryObject()


CHANGES = [
    other_content, other_content_as_resource, other_size, one_page_more, action_on_opening, text_field, no_links,
    mark_over_the_page, mark_with_an_action,
]  # fmt: skip


@cache
def signed_with_mark() -> bytes:
    """With a visible field, as a provider makes one."""

    def field(writer, page):
        fields.append_signature_field(
            writer, fields.SigFieldSpec("BSrE", on_page=0, box=(100, 100, 200, 200))
        )

    return authority().sign(updated(issued(), field), camat(), "BSrE")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (issued, issued),
        (issued, signed_once),
        (issued, signed),
        (signed_once, signed),
        (issued, signed_with_mark),
    ],
    ids=["as it was", "first signature", "both at once", "second signature", "visible field"],
)
def test_signatures_may_be_added(before, after):
    assert only_signed(before(), after())


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("base", [issued, signed_once], ids=["unsigned", "signed"])
def test_nothing_else_may_even_if_it_is_signed_afterwards(base, change):
    changed = updated(base(), change)
    assert not only_signed(base(), changed)
    assert not only_signed(base(), authority().sign(changed, sekcam(), "ttd-9"))


def body_of_its_own(pdf: bytes) -> bytes:
    """The same numbers for all objects, written anew after the end, with another content and cross-references that leave the first body aside."""
    reader, out, places = PdfFileReader(io.BytesIO(pdf)), io.BytesIO(), {}
    content = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    out.write(pdf + b"\n")
    for number in sorted(ref.idnum for ref in reader.xrefs.explicit_refs_in_revision(0)):
        made = reader.get_object(generic.Reference(number, 0, reader), never_decrypt=True)
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number)
        (generic.StreamObject(stream_data=b"BT ET") if number == content else made).write_to_stream(out, None)
        out.write(b"\nendobj\n")
    start, size = out.tell(), reader.trailer_view["/Size"]
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
    tail = b"xref\n0 1\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    out.write(tail % (rows, size, reader.root_ref.idnum, start))
    return out.getvalue()


def test_a_body_that_leaves_the_first_one_aside_is_no_addition():
    """Its root and pages are told apart by nothing but the cross-references."""
    replaced = body_of_its_own(issued())
    signed_after = authority().sign(replaced, camat())
    assert PdfFileReader(io.BytesIO(signed_after)).root["/Pages"]["/Kids"][0]["/Contents"].data == b"BT ET"
    assert not only_signed(issued(), replaced)
    assert not only_signed(issued(), signed_after)


def test_a_note_over_the_page_is_no_signature():
    assert not only_signed(issued(), edited(issued()))


@pytest.mark.parametrize(
    "damage", [lambda pdf: b"%PDF-1.7\n", lambda pdf: pdf[:-600], lambda pdf: flipped(pdf, len(pdf) - 40, 3)]
)
def test_what_cannot_be_read_is_not_vouched_for(damage):
    assert not only_signed(issued(), damage(signed_once()))


def test_a_new_signature_under_the_name_of_an_old_one_is_not_taken_for_none():
    """Taken for none, the paper would be signed again."""
    twice = authority().sign(signed_once(), camat(), "ttd-9").replace(rb"(ttd\0559)", rb"(ttd\0551)")
    with pytest.raises(NotOurs):
        added_signatures(signed_once(), twice, Trust())
