"""What the help says about one job."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """One job: who does it until when, how, what happens next, and what often goes wrong.

    `key` is its anchor on the page, `step` the key of the SOP's step that it belongs to, `page` where the guide says more: a page of docs/panduan/ and,
    after "#", a heading of it.
    """

    key: str
    title: str
    who: str
    until: str
    how: tuple[str, ...]
    then: str
    mistakes: tuple[str, ...] = ()
    step: str = ""
    page: str = ""
