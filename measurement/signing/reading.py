"""PDF files as pyHanko reads them, without its one slowness. Knows no Django, for the worker."""

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader


class Reader(PdfFileReader):
    """Strict. pyHanko reads an object stream's table of contents anew for every object in it, which takes minutes for the 5,000 objects of a report:
    here it is read once."""

    def __init__(self, pdf: bytes):
        self._contents: dict[int, tuple[bytes, list[tuple[int, int]]]] = {}
        super().__init__(BytesIO(pdf))

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int):
        if stmnum not in self._contents:
            self._contents[stmnum] = self._read_contents(stmnum)
        data, places = self._contents[stmnum]
        if not 0 <= idx < len(places) or places[idx][0] != idnum:
            raise PdfStrictReadError("Object is not where the cross-references say")
        stream = BytesIO(data)
        stream.seek(places[idx][1])
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("Encountered forbidden object type in object stream")
        return found

    def _read_contents(self, stmnum: int) -> tuple[bytes, list[tuple[int, int]]]:
        """The data of an object stream, and the number and place of each object in it."""
        stream = generic.Reference(stmnum, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfStrictReadError("Not an object stream")
        data, first, count = (
            stream.read_data(DecodePurpose.OBJECT_STREAM),
            int(stream["/First"]),
            int(stream["/N"]),
        )
        numbers = [int(word) for word in data[:first].split()[: 2 * count]]
        return data, [
            (number, first + offset) for number, offset in zip(numbers[::2], numbers[1::2], strict=True)
        ]
