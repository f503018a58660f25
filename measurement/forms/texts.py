"""Text that a view reads from a request itself: cleaned of what no database keeps, and refused when it is endless."""

from django import forms

from measurement.rules.refusals import Incomplete

LONGEST = 4000
PASSWORD_HELP = "Paling sedikit 10 huruf, tidak hanya angka, dan tidak mirip nama Anda."  # noqa: S105 – a sentence


def words_field(
    label: str, help_text: str = "", missing: str = "", rows: int = 3, required: bool = True
) -> forms.CharField:
    """Some sentences; `missing` says what to write where they may not stay empty."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": missing} if missing else None,
    )


def posted_text(data, name: str) -> str:
    """What was typed in a field, without NUL and surrounding blanks. Incomplete if it is longer than a paper can bear."""
    text = data.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Incomplete(
            f"Teks terlalu panjang: paling banyak {LONGEST} huruf. Ringkas, atau lampirkan sebagai bukti."
        )
    return text
