"""Lines of long lists, drawn quickly: Django draws the first line of each kind, after that only the words are filled in.

Django takes fifty times as long to walk through a template as Python to put the words where they belong, and a worksheet has the same template for
each of its rows. So the first line of a kind is drawn with marks instead of words, and cut at the marks. What else a template does with a word than
to print it or to ask whether there is one (compare, filter, count) would be done to a mark and so is refused.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString

# from Unicode's private area, so that no text has them
BEGINS, ENDS, BETWEEN = "\ue000", "\ue001", "\ue002"
MARK = re.compile(f"{BEGINS}([0-9]+){ENDS}")
MOST_KINDS = 2_000  # of one template; a page has a few dozen


class Refused(Exception):
    """The template does something with a word that is only known line by line."""


class Trace:
    """What was done with the words while a line was drawn with marks: which were asked for, in this order, and what else."""

    def __init__(self, words: list[str]):
        self.words = words
        self.asked: dict[int, bool] = {}
        self.misused: list[str] = []


class Mark(str):
    """Stands for a word of a line. It can be printed, and asked whether it is empty."""

    __slots__ = ("number", "trace")
    number: int
    trace: Trace

    @classmethod
    def of(cls, number: int, trace: Trace) -> "Mark":
        mark = cls(f"{BEGINS}{number}{ENDS}")
        mark.number, mark.trace = number, trace
        return mark

    def __html__(self) -> SafeString:
        return SafeString(f"{BEGINS}{self.number}{ENDS}")

    def __bool__(self) -> bool:
        return self.trace.asked.setdefault(self.number, bool(self.trace.words[self.number]))


def _misuse(name: str) -> Any:
    def refused(self: Mark, *_: object) -> Any:
        self.trace.misused.append(f"{name} of {self.trace.words[self.number]!r}")
        raise Refused(name)

    return refused


for _name in [
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "hash",
    "len",
    "iter",
    "contains",
    "getitem",
    "add",
    "mod",
    "format",
    "str",
]:
    setattr(Mark, f"__{_name}__", _misuse(f"__{_name}__"))


@dataclass
class Cut:
    """A drawn line, cut at its words: the pieces, and which word stands at which place between them."""

    pieces: list[str]
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> "Cut":
        pieces: list[str] = MARK.split(text)
        places = [(place, int(pieces[place])) for place in range(1, len(pieces), 2)]
        return cls(pieces, places)

    def filled(self, words: list[str]) -> SafeString:
        """The line with these words; what is no HTML yet is escaped, as a template would."""
        pieces, escaped = self.pieces.copy(), _escaped(words)
        for place, number in self.places:
            pieces[place] = escaped[number]
        return SafeString("".join(pieces))


def _escaped(words: list[str]) -> list[str]:
    """Each word as HTML; all at once, unless one of them has what stands between them."""
    found = escape(BETWEEN.join(words)).split(BETWEEN)
    if len(found) != len(words):
        found = [escape(word) for word in words]
    return [word if type(word) is SafeString else plain for word, plain in zip(words, found, strict=True)]


@dataclass
class Question:
    """Whether there is a word: what follows if there is, and if not."""

    number: int
    answers: dict[bool, "Question | Cut"]


class Stencil:
    """One template for the lines of a list. What it takes is plain data: dicts, lists, words, numbers, True, False and None."""

    def __init__(self, template: str):
        self.template = template
        self.kinds: dict[tuple, Question | Cut] = {}

    def draw(self, **line: Any) -> SafeString:
        """The line as Django would draw it. TypeError for anything but plain data; `Refused` where the template does more than to print words."""
        if settings.DEBUG:
            return SafeString(get_template(self.template).render(line))
        words: list[str] = []
        shape: list[Any] = []
        _take_apart(line, shape, words)
        kind = tuple(shape)
        step = self.kinds.get(kind)
        while isinstance(step, Question):
            step = step.answers.get(bool(words[step.number]))
        return step.filled(words) if step else self._drawn_first(line, kind, words)

    def _drawn_first(self, line: dict[str, Any], kind: tuple, words: list[str]) -> SafeString:
        """A line of a new kind, drawn by Django with marks, to be known from now on."""
        trace = Trace(words)
        text = get_template(self.template).render(_marked(line, iter(range(len(words))), trace))
        if trace.misused:
            raise Refused(f"{self.template}: {', '.join(trace.misused)}")
        cut = Cut.of(text)
        if len(self.kinds) >= MOST_KINDS:
            self.kinds.clear()
        self._remember(kind, trace.asked, cut)
        return cut.filled(words)

    def _remember(self, kind: tuple, asked: dict[int, bool], cut: Cut) -> None:
        """The cut at the end of the way of answers that leads to it."""
        step = known = self.kinds.get(kind)
        end: Question | Cut = cut
        answers = list(asked.items())
        way: list[tuple[Question, bool]] = []
        for number, answer in answers:
            if not isinstance(step, Question):
                break
            assert step.number == number, "a template asks the same things in the same order"
            way.append((step, answer))
            step = step.answers.get(answer)
        for number, answer in reversed(answers[len(way) :]):
            end = Question(number, {answer: end})
        if way:
            last, answer = way[-1]
            last.answers[answer] = end
        elif known is None:
            self.kinds[kind] = end


def _take_apart(value: Any, shape: list[Any], words: list[str]) -> None:
    """The words of some plain data, and all that decides how it is drawn beside them."""
    kind = type(value)
    if kind is str or kind is SafeString:
        words.append(value)
        shape.append(str)
    elif kind is dict:
        shape.append(tuple(value))
        for part in value.values():
            _take_apart(part, shape, words)
    elif kind is list or kind is tuple:
        shape.append((kind, len(value)))
        for part in value:
            _take_apart(part, shape, words)
    elif value is None or isinstance(
        value, bool | int | str
    ):  # a text of another type is a name of ours, by which a template may decide
        shape.append((kind, value))
    else:
        raise TypeError(f"{kind.__name__} is no plain data to be drawn")


def _marked(value: Any, numbers: Any, trace: Trace) -> Any:
    """The same data with marks for words."""
    kind = type(value)
    if kind is str or kind is SafeString:
        return Mark.of(next(numbers), trace)
    if kind is dict:
        return {name: _marked(part, numbers, trace) for name, part in value.items()}
    if kind is list or kind is tuple:
        return kind(_marked(part, numbers, trace) for part in value)
    return value
