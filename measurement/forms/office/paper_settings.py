"""How an office numbers, signs and words one kind of paper, and what stands in the head of a letter."""

import re

from django import forms
from django.conf import settings
from django.utils import timezone

from measurement.models import PaperSetting, SigningMethod
from measurement.papers import KINDS
from measurement.papers.numbering import next_after, printed_number
from measurement.papers.signatories import may_be_chosen
from measurement.papers.wording import PLACE
from measurement.rules.refusals import Incomplete
from measurement.rules.sop import Role

from ..texts import LONGEST

BRACES = re.compile(r"\{[^{}\n]{0,40}\}")
PARTS = ("opening", "closing", "note")
LETTER_PARTS = ("copy_to", "nature", "enclosure")
EXPLAINED = {
    SigningMethod.LOKAL: (
        "Ditandatangani dengan sertifikat yang dibuat kantor sendiri dan PIN tiap pejabat. Naskah menyebutnya tanda tangan elektronik "
        "tidak tersertifikasi."
    ),
    SigningMethod.BSRE: (
        "Ditandatangani melalui layanan BSrE dengan akun kantor. Setiap pejabat memasukkan frasa sandinya sendiri, yang tidak pernah disimpan."
    ),
    SigningMethod.MANUAL: (
        "Dicetak lalu ditandatangani basah, atau ditandatangani di luar sistem. Berkasnya diunggah dan dicocokkan dengan naskah yang diterbitkan."
    ),
}
NO_AUTHORITY = "Kantor ini belum membuat otoritas sertifikat; sampai itu dibuat, naskah ditandatangani basah atau di luar sistem."
NO_PROVIDER = (
    "Belum dapat dipilih: layanan BSrE belum disambungkan pada instalasi ini. Hubungi pengelola instalasi."
)


class PaperSettingForm(forms.ModelForm):
    """For one unit and kind, both given with the instance. Texts equal to the default are kept blank, so that they follow it."""

    class Meta:
        model = PaperSetting
        fields = ["number_pattern", "method", "signatory", *LETTER_PARTS, *PARTS]
        widgets = {"copy_to": forms.Textarea({"rows": 3})} | {
            part: forms.Textarea({"rows": 6}) for part in PARTS
        }
        help_texts = {
            "number_pattern": "Kosongkan untuk mengikuti pola nomor kantor. {urut:03} menulis urut dengan tiga angka.",
            "signatory": "Berlaku bagi naskah yang terbit mulai sekarang. Jabatan yang kosong diisi oleh yang menyelesaikan langkahnya.",
            "copy_to": "Satu baris untuk tiap penerima. Kosongkan untuk mengikuti bawaan; tulis – bila tanpa tembusan.",
            "nature": "Kosongkan untuk mengikuti bawaan.",
            "enclosure": "Kosongkan agar dihitung dari yang dilampirkan, misalnya 1 (satu) berkas.",
        }
        error_messages = {"method": {"required": "Pilih cara penandatanganan."}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.kind = KINDS[self.instance.kind]
        for part in PARTS:
            if part not in self.kind.wording:
                del self.fields[part]
        if may_be_chosen(self.instance.kind):
            self.fields["signatory"].widget.choices = self._signatories()
        else:
            del self.fields["signatory"]
        if self.kind.is_letter:
            self.fields["nature"].widget.choices = [("", "Mengikuti bawaan"), *PaperSetting.Nature.choices]
        else:
            for part in LETTER_PARTS:
                del self.fields[part]

    def _signatories(self) -> list[tuple[str, str]]:
        """Who may sign, in the words of the office; the default first."""
        words = dict(PaperSetting.Signatory.choices)
        words[PaperSetting.Signatory.SECRETARY] = self.instance.unit.sop.label(Role.SEKCAM)
        return [("", f"Mengikuti bawaan: {words[self.kind.signatory]}"), *words.items()]

    def clean_number_pattern(self):
        """A pattern whose next number a paper carries already would stop the next paper."""
        pattern, unit, day = self.cleaned_data["number_pattern"], self.instance.unit, timezone.localdate()
        tried = PaperSetting(unit=unit, kind=self.instance.kind, number_pattern=pattern)
        try:
            PaperSetting._meta.get_field("number_pattern").run_validators(pattern)
            printed_number(unit, tried, next_after(unit, day.year)[self.instance.kind], day)
        except Incomplete as refusal:
            raise forms.ValidationError(refusal.sentences) from None
        return pattern

    def clean_method(self):
        method = self.cleaned_data["method"]
        if method == SigningMethod.BSRE and not settings.BSRE_URL:
            raise forms.ValidationError(
                "Layanan BSrE belum disambungkan pada instalasi ini; pilih cara lain."
            )
        return method

    def clean(self):
        super().clean()
        data = self.cleaned_data
        for part, default in self.kind.wording.items():
            data[part] = self._text(part, data.get(part, ""), default)
        return data

    def _text(self, part: str, text: str, default: str) -> str:
        text = text.replace("\r\n", "\n").strip()
        unknown = [found for found in BRACES.findall(text) if not PLACE.fullmatch(found)]
        if unknown:
            self.add_error(
                part,
                f"{unknown[0]} tidak dikenal; yang diisi sendiri hanya {{unit}}, {{period}}, {{sop}}, dan {{name}}.",
            )
        if len(text) > LONGEST:
            self.add_error(part, f"Teks terlalu panjang: paling banyak {LONGEST} huruf.")
        return "" if text == default else text

    @property
    def letter_fields(self) -> list:
        """The head of a letter; nothing for other papers."""
        return [self[part] for part in LETTER_PARTS if part in self.fields]

    @property
    def methods(self) -> list[dict]:
        """The ways of signing as choices, each with what it means here and now."""
        chosen, can_sign = self["method"].value(), self.instance.unit.signs_locally
        here = {
            SigningMethod.LOKAL: "" if can_sign else NO_AUTHORITY,
            SigningMethod.BSRE: "" if settings.BSRE_URL else NO_PROVIDER,
        }
        return [
            {
                "value": method.value,
                "label": method.label,
                "text": EXPLAINED[method],
                "remark": here.get(method, ""),
                "checked": chosen == method,
                "disabled": method == SigningMethod.BSRE and not settings.BSRE_URL,
            }
            for method in SigningMethod
        ]

    @property
    def texts(self) -> list[dict]:
        """Every text that this kind of paper may be worded with, and its default to start from."""
        return [{"field": self[part], "default": default} for part, default in self.kind.wording.items()]

    def store(self) -> PaperSetting:
        """Written as one row whoever was first."""
        return PaperSetting.objects.update_or_create(
            unit=self.instance.unit, kind=self.instance.kind, defaults=self.cleaned_data
        )[0]
