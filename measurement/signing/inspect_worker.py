"""The worker that looks into PDF files of strangers: its own process with its own limits, no Django, no network, no files.

Run by inspection.py as a module of its own in a child of workers/forking.py; arguments: CPU seconds per file, bytes of memory. On stdin one line of JSON
(authorities, revoked, at), then each file as its length (8 bytes) and its bytes; on stdout one line of JSON per file. Whatever is wrong with a file is an
answer about it.
"""

import gc
import hashlib
import json
import logging
import re
import resource
import sys
import zlib
from datetime import datetime, timedelta

CODE = re.compile(rb"(?<![0-9A-Fa-f])[0-9A-Fa-f]{32}(?![0-9A-Fa-f])")
ESCAPED = re.compile(rb"\\[0-7]{3}")  # how some programs write what isn't a letter
STREAM = re.compile(rb"stream\r?\n")
MOST_CODES = 50
MOST_INFLATED = 32 * 1024**2  # bytes searched for codes beside the file itself
DEEPEST_TREE = 20
CLOCKS_APART = timedelta(minutes=5)  # how far ahead of ours the clock of a time stamp may be


def limit_memory(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: int) -> None:
    """From now on this many CPU seconds; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


class Judge:
    """What this installation knows: its authorities, what it revoked and when, and the moment of looking."""

    def __init__(self, authorities: list[str], revoked: dict[str, str], at: str):
        from asn1crypto import pem, x509

        self.roots = [x509.Certificate.load(pem.unarmor(text.encode())[2]) for text in authorities]
        self.revoked = {
            fingerprint: datetime.fromisoformat(moment) for fingerprint, moment in revoked.items()
        }
        self.at = datetime.fromisoformat(at)

    def context(self, moment: datetime):
        """Only our roots, only what the file brings along, nothing fetched."""
        from pyhanko_certvalidator import ValidationContext

        return ValidationContext(
            trust_roots=self.roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
        )

    def is_revoked(self, path, moment: datetime) -> bool:
        return any(
            self.revoked.get(certificate_fingerprint(certificate), moment + CLOCKS_APART) <= moment
            for certificate in path
        )


def certificate_fingerprint(certificate) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def inspect_pdf(pdf: bytes, judge: Judge) -> dict:
    """Everything known about one file; with parts left out where they can't be read."""
    from .reading import Reader

    found = {
        "codes": codes(pdf),
        "readable": False,
        "encrypted": False,
        "unreadable_signatures": False,
        "signatures": [],
        "attachments": {},
    }
    try:
        reader = Reader(pdf)
        found |= {"encrypted": reader.encrypted, "readable": "/Pages" in reader.root}
    except Exception:  # whatever the parser stumbles over
        return found
    if found["encrypted"]:
        return found
    try:
        found["attachments"] = attachments(reader)
    except Exception:
        found["readable"] = False
    try:
        found["signatures"] = [
            signature(embedded, len(pdf), judge) for embedded in reader.embedded_signatures
        ]
    except Exception:
        found["unreadable_signatures"] = True
    return found


def signature(embedded, size: int, judge: Judge) -> dict:
    """One signature or document time stamp: who, when, whether what it covers is unchanged, and whether it ends at an authority of ours."""
    start, length = list(embedded.byte_range)[2:4]
    found = {
        "field": embedded.field_name,
        "signer": str(embedded.signer_cert.subject.native.get("common_name") or embedded.signer_cert.subject.human_friendly),
        "fingerprint": certificate_fingerprint(embedded.signer_cert),
        "is_timestamp": embedded.sig_object_type == "/DocTimeStamp",
        "intact": False, "covers_whole_file": False, "ours": False, "expired": False, "revoked": False,
        "claimed_at": None, "stamped_at": None, "bytes_after": max(0, size - int(start) - int(length)),
    }  # fmt: skip
    try:
        return found | _validated(embedded, judge)
    except Exception:  # a signature that can't even be checked is not intact
        return found


def _validated(embedded, judge: Judge) -> dict:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    stamped_at = _stamped_at(embedded, judge)
    moment = stamped_at or judge.at
    certificate = embedded.signer_cert
    # An expired certificate has no path, so the path is asked for a moment when it was in force: it says whose the certificate is.
    # Whether it was in force at the moment that counts is told beside it ("expired").
    in_force = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
    status = _status(embedded, judge, in_force)
    path = (
        list(status.validation_path) if status.validation_path and status.trust_problem_indic is None else []
    )
    claimed = embedded.self_reported_timestamp
    whole = embedded.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return {
        "intact": status.intact and status.valid and (whole or bool(getattr(status, "docmdp_ok", False))),
        "covers_whole_file": whole,
        "ours": bool(path),
        "expired": bool(path) and moment != in_force,
        "revoked": judge.is_revoked(path, moment),
        "claimed_at": claimed.isoformat() if claimed and claimed.tzinfo else None,
        "stamped_at": stamped_at.isoformat() if stamped_at else None,
    }


def _status(embedded, judge: Judge, moment: datetime, skip_diff: bool = False):
    from pyhanko.sign import validation

    if embedded.sig_object_type == "/DocTimeStamp":
        return validation.validate_pdf_timestamp(embedded, judge.context(moment), skip_diff=skip_diff)
    return validation.validate_pdf_signature(embedded, judge.context(moment))


def _stamped_at(embedded, judge: Judge) -> datetime | None:
    """When a time stamp of ours says that the signature existed; None without one that counts."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    by_itself = embedded.sig_object_type == "/DocTimeStamp"
    token = (
        embedded.signed_data
        if by_itself
        else next(extract_tst_data_iter(embedded.signer_info, signed=False), None)
    )
    if token is None:
        return None
    moment = token["encap_content_info"]["content"].parsed["gen_time"].native
    status = _status(embedded, judge, moment, skip_diff=True)
    stamp = status if by_itself else status.timestamp_validity
    counts = stamp is not None and stamp.trusted and not judge.is_revoked(stamp.validation_path, moment)
    return moment if counts and moment <= judge.at + CLOCKS_APART else None


def attachments(reader) -> dict[str, str]:
    """Name → SHA-256 of the files inside the PDF."""
    names, found = _at(reader.root, "/Names", {}), {}
    listed = [*_leaves(_at(names, "/EmbeddedFiles", {}), 0), *_at(reader.root, "/AF", [])]
    for spec in (item.get_object() for item in listed):
        name = str(_at(spec, "/UF", "") or spec["/F"])
        found[name] = hashlib.sha256(spec["/EF"]["/F"].data).hexdigest()
    return found


def _leaves(node, depth: int):
    """The file specifications of a name tree."""
    if depth > DEEPEST_TREE:
        raise ValueError("name tree too deep")
    yield from list(_at(node, "/Names", []))[1::2]
    for kid in _at(node, "/Kids", []):
        yield from _leaves(kid.get_object(), depth + 1)


def _at(node, key: str, default):
    """`get` of a dictionary in a PDF, following references, which its own `get` doesn't."""
    try:
        return node[key]
    except KeyError:
        return default


def codes(pdf: bytes) -> list[str]:
    """What may be a verification code, in the bytes as they are and in compressed streams; works on damaged files too."""
    found, left = dict.fromkeys(CODE.findall(ESCAPED.sub(b" ", pdf))), MOST_INFLATED
    # a piece ends where the next stream begins; what follows its data is ignored
    for body in STREAM.split(pdf)[1:]:
        if len(found) >= MOST_CODES or left <= 0:
            break
        try:
            text = zlib.decompressobj().decompress(body, left)
        except zlib.error:
            continue
        left -= len(text)
        found |= dict.fromkeys(CODE.findall(ESCAPED.sub(b" ", text)))
    return [code.decode().lower() for code in list(found)[:MOST_CODES]]


def files(stream):
    while head := stream.read(8):
        yield stream.read(int.from_bytes(head, "big"))


def inspect_from_stdin() -> None:
    seconds, memory = (int(argument) for argument in sys.argv[1:])
    limit_memory(memory)
    logging.disable()  # a stranger's file leaves no trace
    judge = Judge(**json.loads(sys.stdin.buffer.readline()))
    gc.disable()  # collecting takes nearly half of the time of a long report
    for pdf in files(sys.stdin.buffer):
        limit_time(seconds)
        print(json.dumps(inspect_pdf(pdf, judge)), flush=True)
        gc.collect()


if __name__ == "__main__":
    inspect_from_stdin()
