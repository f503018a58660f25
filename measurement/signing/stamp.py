"""The visible stamp of a signature that the office made itself: one small PDF page that says who, when, and that it is not certified."""

from datetime import datetime

from django.template.loader import render_to_string

from measurement.papers.render import html_to_pdf
from measurement.rules.dates import clock, local_date

WIDTH_MM, HEIGHT_MM = 62, 19
LONG = 70  # letters of name and post together that still fit in the larger type


def stamp_page(name: str, post: str, at: datetime) -> bytes:
    """The stamp as a PDF of one page, as large as the box that a paper leaves for a signature."""
    context = {
        "name": name,
        "post": post,
        "moment": f"{local_date(at)} pukul {clock(at)}",
        "is_long": len(name) + len(post) > LONG,
    }
    return html_to_pdf(render_to_string("print/stamp.html", context))
