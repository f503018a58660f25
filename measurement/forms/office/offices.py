"""Who an office is: at first as little as its letters need, later everything that stands on them; and its first administrator."""

from collections.abc import Sequence

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from measurement.forms.texts import PASSWORD_HELP
from measurement.models import Government, Paper, PaperSetting, SetupCode, Unit
from measurement.papers import KINDS
from measurement.papers.numbering import next_after, printed_number
from measurement.rules.refusals import Incomplete
from measurement.rules.sop_edition import KIND_BY_KEY, OFFICE_KINDS, OfficeKind

from .people import PersonForm

WRONG_CODE = "Kode ini salah, sudah lewat waktunya, atau sudah terlalu sering dicoba. Minta pengelola instalasi membuat kode baru."
NUMBERED = "Tidak dapat diubah lagi: kode ini sudah tercetak pada nomor naskah."


class OfficeForm(forms.ModelForm):
    """What a new office must say about itself."""

    class Meta:
        model = Unit
        fields = ["name", "short_name", "code", "government", "address", "town"]
        labels = {"name": "Nama kantor", "short_name": "Nama pendek"}
        help_texts = {
            "name": "Baris kedua kop, dan nama pada bilah atas setiap halaman.",
            "short_name": "Pada judul jendela peramban dan daftar kantor.",
            "code": "Seperti tertulis pada nomor surat, misalnya 400-100.",
            "government": "Baris pertama kop, misalnya Pemerintah Kabupaten Contoh.",
            "town": "Ditulis sebelum tanggal pada naskah.",
        }

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class NewOfficeForm(OfficeForm):
    """With its kind, which says how those who lead it are called until its SOP is entered."""

    kind = forms.ChoiceField(
        label="Jenis kantor",
        choices=[(kind.key, kind.label) for kind in OFFICE_KINDS],
        help_text="Menentukan sebutan pimpinan dan sekretarisnya; dapat diubah pada SOP kantor.",
    )
    field_order = ["kind"]

    def __init__(self, *args, governments: Sequence[Government] = (), **options):
        """Whoever keeps a government makes offices that belong to it; elsewhere an office belongs to none at first."""
        super().__init__(*args, **options)
        if governments:
            self.instance.belongs_to = governments[0]
            self.fields["government"].initial = governments[0].name

    @property
    def chosen_kind(self) -> OfficeKind:
        return KIND_BY_KEY[self.cleaned_data["kind"]]


class OfficeDetailsForm(OfficeForm):
    """Everything about an office but colour and emblem. Its code stays once a number carries it."""

    class Meta(OfficeForm.Meta):
        fields = [
            *OfficeForm.Meta.fields, "phone", "email", "division", "classification", "number_pattern", "paper_size",
        ]  # fmt: skip
        help_texts = {
            **OfficeForm.Meta.help_texts,
            "division": "Yang menyimpan berkas, misalnya Sub Bagian Perencanaan.",
            "classification": "Pada nomor naskah; retensi arsip mengikuti kode ini.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if Paper.objects.filter(unit=self.instance.pk).exists():
            self.fields["code"].disabled = True
            self.fields["code"].help_text = NUMBERED

    def clean(self):
        super().clean()
        if not self.errors and {"number_pattern", "classification", "code"} & set(self.changed_data):
            self._try_numbers()
        return self.cleaned_data

    def _try_numbers(self) -> None:
        """A pattern whose next number a paper carries already would stop the next paper."""
        day = timezone.localdate()
        tried = Unit(pk=self.instance.pk, **{name: self.cleaned_data[name] for name in self.Meta.fields})
        own = {setting.kind: setting for setting in PaperSetting.objects.filter(unit=tried)}
        following = next_after(tried, day.year)
        try:
            for kind in KINDS:
                setting = own.get(kind) or PaperSetting(unit=tried, kind=kind)
                printed_number(tried, setting, following[kind], day)
        except Incomplete as refusal:
            self.add_error("number_pattern", refusal.sentences)


class NewAdministratorForm(PersonForm):
    """The administrator of a further office, with a temporary password."""

    class Meta(PersonForm.Meta):
        fields = ["name", "username", "nip", "email"]


class FirstAdministratorForm(NewAdministratorForm):
    """The first administrator, who has the code from the console and chooses the password at once."""

    setup_code = forms.CharField(
        label="Kode pemasangan",
        max_length=40,
        help_text="Tampil pada konsol saat instalasi dinyalakan, atau dibuat baru di sana.",
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="Kata sandi",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )
    again = forms.CharField(
        label="Kata sandi sekali lagi",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    field_order = ["setup_code", "name", "username", "nip", "email", "password", "again"]

    def clean_setup_code(self):
        code = self.cleaned_data["setup_code"]
        if not SetupCode.fits(code):
            raise forms.ValidationError(WRONG_CODE)
        return code

    @sensitive_variables()
    def clean(self):
        super().clean()
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", "Kedua kata sandi tidak sama.")
        return self.cleaned_data

    @sensitive_variables()
    def _post_clean(self):
        """Once the account is known, to which a password must not be similar."""
        super()._post_clean()  # type: ignore[misc]  # a hook of Django that its stubs leave out
        password = self.cleaned_data.get("password")
        if not password:
            return
        try:
            validate_password(password, self.instance)
        except forms.ValidationError as error:
            self.add_error("password", error)
        self.instance.set_password(password)
