"""The OpenAPI document, kept beside the calls so that it is read, compared and served without loading them: `python -m measurement.api.schema_file` writes it."""

import json
from pathlib import Path
from typing import Any

from .problems import CONTENT_TYPE, TITLES

SCHEMA_FILE = Path(__file__).with_name("openapi.json")
PREFIX = "/api/v1/"
PROBLEM = {"$ref": "#/components/schemas/ProblemDetails"}
UNCHANGED = {"description": "Tidak berubah sejak ETag yang dikirim pada If-None-Match"}


def schema_text() -> str:
    """The document as the calls make it now."""
    from .site import API  # noqa: PLC0415 – loaded only where the document is made

    document = API.get_openapi_schema(path_prefix=PREFIX)
    for calls in document["paths"].values():
        calls["get"]["responses"] = _responses(calls["get"]["responses"])
    document["components"]["responses"] = {
        str(status): {"description": title, "content": {CONTENT_TYPE: {"schema": PROBLEM}}}
        for status, title in TITLES.items()
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"


def _responses(described: dict[Any, Any]) -> dict[str, Any]:
    """Problems once for all calls and of their own content type, which ninja doesn't know."""
    good = {str(status): answer for status, answer in described.items() if int(status) not in TITLES}
    problems = {str(status): {"$ref": f"#/components/responses/{status}"} for status in TITLES}
    return {**good, "304": UNCHANGED, **problems}


if __name__ == "__main__":
    import django

    django.setup()
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
