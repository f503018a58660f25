"""What a workbook's number format does to a number: whether its percent sign multiplies, or is only printed. Pure."""

import operator
import re

NO_DIGITS = re.compile(
    r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.'
)  # words, colours and signs that a number format only prints
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def section_of(number_format: str, value: float) -> str:
    """The part of a format that a value is shown with: that of its condition, "[<=1]0%;0\\%", else the first, or the second for negative ones."""
    sections = number_format.split(";")
    conditions = [CONDITION.search(section) for section in sections]
    for section, found in zip(sections, conditions, strict=True):
        if found and COMPARE[found[1]](value, float(found[2])):
            return section
    if any(conditions):
        return next(
            (part for part, found in zip(sections, conditions, strict=True) if not found), sections[0]
        )
    return sections[1] if value < 0 and len(sections) > 1 else sections[0]


def shown_format(number_format: str, value: float = 1) -> str:
    """What a number format says of a value, without the signs that it only prints: a percent sign that is left multiplies."""
    return NO_DIGITS.sub("", section_of(number_format, value))
