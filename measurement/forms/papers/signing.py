"""What a signer types or uploads. Secrets are never shown again, whatever went wrong."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.views.decorators.debug import sensitive_variables

from measurement.models import SigningMethod
from measurement.rules.requirements import SHORTEST_REASON, is_said


def secret_input(numeric: bool = True) -> forms.PasswordInput:
    """An input that no browser fills in or keeps."""
    return forms.PasswordInput({"autocomplete": "off", **({"inputmode": "numeric"} if numeric else {})})


class PinForm(forms.Form):
    """`lokal`: the PIN of one's own key."""

    secret = forms.CharField(label="PIN kunci Anda", max_length=12, strip=False, widget=secret_input())


class ProviderForm(forms.Form):
    """`bsre`: what the certified provider asks for; both go to the provider only."""

    national_id = forms.CharField(
        label="NIK",
        max_length=16,
        widget=secret_input(),
        help_text="16 angka, seperti terdaftar pada penyelenggara. Tidak disimpan.",
    )
    secret = forms.CharField(
        label="Passphrase",
        max_length=200,
        strip=False,
        widget=secret_input(numeric=False),
        help_text="Passphrase sertifikat elektronik Anda. Tidak disimpan.",
    )


class UploadForm(forms.Form):
    """`manual`: the signed paper as a file, and the word of whoever compared it."""

    upload = forms.FileField(
        label="Naskah yang sudah ditandatangani (PDF)",
        help_text="Pindai semua halaman menurut urutannya. Bila ditandatangani di aplikasi lain, unggah hasilnya tanpa dicetak ulang.",
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        allow_empty_file=True,  # the signer has a sentence of its own for it
    )
    compared = forms.BooleanField(
        label="Saya sudah mencocokkan berkas ini dengan naskah yang diterbitkan, halaman demi halaman.",
        error_messages={"required": "Cocokkan dahulu setiap halaman, lalu centang pernyataan ini."},
    )

    def clean_upload(self):
        """Its bytes; if it is too big, no more of them than show that."""
        return self.cleaned_data["upload"].read(settings.MAX_UPLOAD_BYTES + 1)


FORMS: dict[str, type[forms.Form]] = {
    SigningMethod.LOKAL: PinForm,
    SigningMethod.BSRE: ProviderForm,
    SigningMethod.MANUAL: UploadForm,
}


class TwicePin(forms.Form):
    """A new PIN, typed twice."""

    new = forms.CharField(
        label="PIN baru",
        max_length=12,
        strip=False,
        widget=secret_input(),
        help_text="6 sampai 12 angka; bukan angka berurutan atau berulang, tanggal lahir, atau bagian NIP.",
    )
    again = forms.CharField(label="PIN baru sekali lagi", max_length=12, strip=False, widget=secret_input())

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", "Kedua PIN baru tidak sama. Ketik ulang.")
        return data


class MakeKeyForm(TwicePin):
    """A new PIN, and the account's password: a browser that was left open is not enough to sign in somebody's name."""

    password = forms.CharField(
        label="Kata sandi akun Anda",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text="Untuk memastikan bahwa ini Anda.",
    )
    field_order = ["password", "new", "again"]

    def __init__(self, *args, request):
        super().__init__(*args)
        self.request = request

    @sensitive_variables()
    def clean_password(self):
        """Asked as at login, so that wrong ones count there, too."""
        password = self.cleaned_data["password"]
        if (
            authenticate(self.request, username=self.request.user.username, password=password)
            != self.request.user
        ):
            raise forms.ValidationError(
                "Kata sandi tidak cocok. Setelah salah lima kali, akun terkunci untuk sementara."
            )
        return password


class ChangePinForm(TwicePin):
    old = forms.CharField(label="PIN sekarang", max_length=12, strip=False, widget=secret_input())
    field_order = ["old", "new", "again"]


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label="Alasan pencabutan",
        max_length=200,
        help_text="Misalnya: PIN diketahui orang lain, atau pindah tugas.",
    )

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if not is_said(reason):
            raise forms.ValidationError(f"Tuliskan alasannya, paling sedikit {SHORTEST_REASON} huruf.")
        return reason
