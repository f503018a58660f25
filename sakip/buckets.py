"""Where files are kept in S3-compatible storage, as one address says: https://KEY:SECRET@host/bucket, with ?region=… where the provider wants one."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 30, 2
WRONG = "S3_URL must be https://KEY:SECRET@host/bucket (http:// for this machine only)."


def bucket_storage(address: str) -> dict[str, Any]:
    """The entry for STORAGES."""
    from botocore.config import Config  # noqa: PLC0415 – a third of a second, only where S3 is used

    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    is_here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if (
        parts.scheme not in ("https", "http")
        or not (parts.username and parts.password and bucket)
        or "/" in bucket
        or (parts.scheme == "http" and not is_here)
    ):
        raise ImproperlyConfigured(WRONG)
    options = {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "endpoint_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": bucket,
        "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],
        "client_config": Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS},
            s3={"addressing_style": "path"},
            signature_version="s3v4",
        ),
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
