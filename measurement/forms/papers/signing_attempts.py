"""How a request to the certified provider without a known outcome is settled: by the signed file, or by a reason."""

from django import forms

from measurement.doors.unknown_outcomes import LONGEST_REASON
from measurement.files import check_upload
from measurement.rules.refusals import BadFile


class SignedFileForm(forms.Form):
    file = forms.FileField(
        label="Berkas PDF yang sudah ditandatangani",
        help_text="Unduh dari portal BSrE tanpa dicetak, disimpan ulang, atau digabung.",
        error_messages={"required": "Pilih berkas PDF yang sudah ditandatangani."},
        widget=forms.FileInput({"accept": ".pdf"}),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            kind = check_upload(upload)
        except BadFile as refusal:
            raise forms.ValidationError(list(refusal.sentences)) from refusal
        if kind != "pdf":
            raise forms.ValidationError("Naskah yang ditandatangani berbentuk PDF. Pilih berkas PDF-nya.")
        upload.seek(0)
        return upload


class NotSignedForm(forms.Form):
    reason = forms.CharField(
        label="Apa yang Anda lihat di portal BSrE",
        max_length=LONGEST_REASON,
        required=True,
        help_text="Misalnya: riwayat tanda tangan hari ini tidak memuat naskah dengan nomor tersebut.",
        error_messages={"required": "Tuliskan apa yang Anda lihat di portal BSrE."},
        widget=forms.Textarea({"rows": 3}),
    )
