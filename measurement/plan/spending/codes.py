"""What a code of a table of realisasi anggaran is: a program, kegiatan or sub kegiatan, an account below it, or a perangkat daerah. Pure."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from ..table_import.nomenclature import full_code

SUB_UNIT = re.compile(r"[0-9X]\.[0-9X]{2}\.[0-9X]{1,2}\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}\.?")
ACCOUNT = re.compile(r"(?P<account>[456](?:\.[1-9](?:\.[0-9]{1,4})*)?)\.?")
COMPOSITE = re.compile(
    r"(?:.*\.)?(?P<sub>(?:[0-9]|X)\.(?:[0-9]{2}|XX)\.[0-9]{2}\.[12]\.[0-9]{2}\.(?:[0-9]{4}|[0-9]{2}))\.(?P<account>[456](?:\.[0-9]+)*)\.?"
)
BEHIND_OFFICE = re.compile(
    r"[0-9X]\.[0-9X]{2}\.[0-9X]{1,2}\.[0-9]{2}\.[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}\.(?P<code>[0-9X]\.[0-9X]{2}\..+)"
)
CODE = re.compile(r"[0-9X]{1,2}(?:\.[0-9X]{1,4})*\.?")
BEGINS = re.compile(r"[0-9]+[.0-9]|[0-9]$|X\.XX")
PARTS = {1: "field", 2: "field", 3: "program", 5: "kegiatan", 6: "sub"}
CODE_FIRST = re.compile(
    r"(?P<code>(?:[0-9]|X)(?:\.(?:[0-9]{1,4}|XX))+)\.?\s*[-–—:]?\s+(?P<name>[^\W\d].*)", re.DOTALL
)


class CodeKind(StrEnum):
    NONE, FIELD, OFFICE, PROGRAM, KEGIATAN, SUB, ACCOUNT, OTHER = (
        "none", "field", "office", "program", "kegiatan", "sub", "account", "other",
    )  # fmt: skip


@dataclass(frozen=True)
class ReadCode:
    """A code, of which kind; of an account the sub kegiatan before it, where one stood in the same cell."""

    kind: CodeKind
    code: str = ""
    account: str = ""
    office: str = ""  # the code of the perangkat daerah or sub unit that stands before it in the same cell


def read_code(text: str) -> ReadCode:
    """Accounts are told by their second part, which has one digit: 5.1.02 is one, 5.01.02 is a program."""
    code = "".join(text.split()).rstrip(".").upper()
    if not BEGINS.match(code):
        return ReadCode(CodeKind.NONE)
    if SUB_UNIT.fullmatch(code):
        return ReadCode(CodeKind.OFFICE, code)
    if behind := BEHIND_OFFICE.fullmatch(code):
        return replace(read_code(behind["code"]), office=code.removesuffix(f".{behind['code']}"))
    if (account := ACCOUNT.fullmatch(code)) and not re.fullmatch(r"[456]", code):
        return ReadCode(CodeKind.ACCOUNT, account=account["account"])
    if composite := COMPOSITE.fullmatch(code):
        return ReadCode(CodeKind.ACCOUNT, full_code(composite["sub"]), composite["account"])
    full = full_code(code)
    if not CODE.fullmatch(full):
        return ReadCode(CodeKind.OTHER, code)
    kind = PARTS.get(len(full.split(".")), "other")
    return ReadCode(CodeKind(kind), full)


def split_cell(text: str) -> tuple[str, str]:
    """A code and a name that were written in one cell; ("", text) for a name alone."""
    found = CODE_FIRST.fullmatch(text.strip())
    return (found["code"], found["name"]) if found else ("", text)


def is_below(account: str, other: str) -> bool:
    return other.startswith(f"{account}.")
