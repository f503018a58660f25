"""What may come after the version of a paper that was given out: signatures, and nothing that changes what its pages show."""

import io
from functools import cache

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from measurement.signing.additions import only_signed

from .signed_files import authority, camat, edited, flipped, issued, sekcam, signed, signed_once


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
    writer.root["/OpenAction"] = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name("/Print")})
    writer.update_root()


def text_field(writer, page):
    names = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Tx"}
    field = generic.DictionaryObject({generic.pdf_name(key): generic.pdf_name(value) for key, value in names.items()})
    field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500)))
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(field)])
    writer.update_container(page)


def no_links(writer, page):
    page["/Annots"] = generic.ArrayObject()
    writer.update_container(page)


CHANGES = [other_content, other_size, one_page_more, action_on_opening, text_field, no_links]


@cache
def signed_with_mark() -> bytes:
    """With a visible field, as a provider makes one."""

    def field(writer, page):
        fields.append_signature_field(writer, fields.SigFieldSpec("BSrE", on_page=0, box=(100, 100, 200, 200)))

    return authority().sign(updated(issued(), field), camat(), "BSrE")


@pytest.mark.parametrize(
    ("before", "after"),
    [(issued, issued), (issued, signed_once), (issued, signed), (signed_once, signed), (issued, signed_with_mark)],
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


def test_a_note_over_the_page_is_no_signature():
    assert not only_signed(issued(), edited(issued()))


@pytest.mark.parametrize("damage", [lambda pdf: b"%PDF-1.7\n", lambda pdf: pdf[:-600], lambda pdf: flipped(pdf, len(pdf) - 40, 3)])
def test_what_cannot_be_read_is_not_vouched_for(damage):
    assert not only_signed(issued(), damage(signed_once()))
