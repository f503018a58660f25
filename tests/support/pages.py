"""Pages as a person meets them: log in, read the form that is drawn, post it back with changes, read the words."""

import html
import re
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

NIP = "197006261990031006"


def logged_in(person, **options) -> Client:
    client = Client(**options)
    client.force_login(person)
    return client


def drained(response):
    """A download read to its end: closing it by hand would close the database connection under the test."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response


class FormReader(HTMLParser):
    """What a browser would post of the form with this action: no buttons, no unticked boxes, no empty file inputs."""

    def __init__(self, action: str | None):
        super().__init__()
        self.action, self.inside, self.found = action, False, False
        self.values: dict[str, str | list] = {}
        self.area = self.select = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and given.get("method") == "post" and given.get("action") == self.action:
            self.inside = self.found = True
        elif self.inside and "disabled" not in given:
            self._control(tag, given)

    def _control(self, tag: str, given: dict):
        name = given.get("name")
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.values[self.select] = given.get("value", "")
        elif tag == "input" and name and given.get("type") not in ("submit", "file"):
            self._input(name, given)

    def _input(self, name: str, given: dict):
        value = given.get("value") or ""
        if given.get("type") in ("checkbox", "radio"):
            if "checked" in given:
                self.values[name] = [*self.values.get(name, []), given.get("value", "on")]
        else:
            self.values[name] = value

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.values[self.area] = self.values[self.area].removeprefix("\n")
        self.area = None if tag == "textarea" else self.area
        self.select = None if tag == "select" else self.select
        self.inside = self.inside and tag != "form"


def form_of(response, action: str | None = None) -> dict:
    """The values that stand in a page's form, ready to be changed and posted."""
    reader = FormReader(action)
    reader.feed(response.content.decode())
    assert reader.found, f"no form with action {action!r}"
    return reader.values


def words(response) -> str:
    """The page as it is read: no tags, one space."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def submit(client: Client, url: str, **changes):
    """Open a page, change some values of its form and post it back."""
    values = form_of(client.get(url)) | changes
    return client.post(url, values)


def log_in(username: str, password: str, client: Client | None = None, **values):
    return (client or Client()).post(reverse("login"), {"username": username, "password": password} | values)
