"""What the help says about one job."""

from dataclasses import dataclass

from .manual import PAGE_OF_JOB


@dataclass(frozen=True)
class Job:
    """One job: who does it until when, how, what happens next, and what often goes wrong.

    `key` is its anchor on the page, `step` the key of the SOP's step that it belongs to.
    """

    key: str
    title: str
    who: str
    until: str
    how: tuple[str, ...]
    then: str
    mistakes: tuple[str, ...] = ()
    step: str = ""

    @property
    def page(self) -> str:
        """Where the guide says more about it; "" where it doesn't."""
        return PAGE_OF_JOB.get(self.key, "")
