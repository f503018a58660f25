"""What a visitor of the verification pages gives: the code of a paper, or a file to compare."""

import re

from django import forms

CODE = re.compile(r"[0-9a-f]{32}")


def typed_code(text: str) -> str:
    """A verification code as people type or paste it: in capitals, in groups, or the whole address of the page."""
    return re.sub(r"[^0-9a-z]", "", text.strip().rstrip("/").rsplit("/", 1)[-1].lower())


class CodeForm(forms.Form):
    kode = forms.CharField(
        label="Kode verifikasi",
        max_length=200,
        help_text="32 angka dan huruf a sampai f, tercetak di bawah kode QR pada naskah. Spasi dan huruf besar tidak berpengaruh.",
        error_messages={
            "required": "Isi kode verifikasi yang tercetak pada naskah.",
            "max_length": "Tulisan ini terlalu panjang untuk sebuah kode.",
        },
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_kode(self) -> str:
        code = typed_code(self.cleaned_data["kode"])
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                "Kode verifikasi terdiri atas 32 angka dan huruf a sampai f. Periksa kembali yang Anda ketik."
            )
        return code


class VerifyFileForm(forms.Form):
    file = forms.FileField(
        label="Berkas PDF",
        help_text="Berkas hanya dibandingkan, lalu dibuang: tidak disimpan dan tidak dicatat.",
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": "Pilih berkas yang akan diperiksa."},
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
    )
