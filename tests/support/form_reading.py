"""The forms of a page as a script in the browser meets them: what is typed into, what is pressed, and under which name a draft is kept."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "number", "date", "datetime-local", "time", "email", "url", "tel", "month", "search"}


@dataclass
class DrawnForm:
    """One form that is posted."""

    action: str | None
    id: str
    has_own_autosave: bool
    typed: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.id, self.action or ""


class FormsOf(HTMLParser):
    """All forms of a page that are posted."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[DrawnForm] = []
        self.open: DrawnForm | None = None
        self.button: list[str] | None = None
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and given.get("method") == "post":
            own = "data-autosave" in given
            self.open = DrawnForm(given.get("action"), given.get("id") or given.get("data-form") or "", own)
            self.forms.append(self.open)
        elif self.open and tag in ("input", "textarea"):
            self._field(tag, given)
        elif self.open and tag == "button" and given.get("type", "submit") == "submit":
            self.button = [given["data-busy"]] if "data-busy" in given else []
        elif self.button is not None and "visually-hidden" in given.get("class", ""):
            self.hidden += 1

    def _field(self, tag: str, given: dict):
        kind = "text" if tag == "textarea" else given.get("type") or "text"
        if kind == "password":
            self.open.secrets.append(given.get("name", ""))
        elif kind in TYPED and "readonly" not in given and "disabled" not in given:
            self.open.typed.append(given.get("name", ""))

    def handle_data(self, data):
        if self.button is not None and data.strip():
            self.button.append(data.strip())

    def handle_endtag(self, tag):
        if tag == "button" and self.button is not None:
            self.open.buttons.append(" ".join(self.button))
            self.button = None
        elif tag == "form":
            self.open = None


def first_word(label: str) -> str:
    return re.findall(r"[^\W\d_]+", label.lower())[0]
