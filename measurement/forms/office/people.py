"""People and their appointments, kept by the administrator of a unit."""

from django import forms

from measurement.models import Appointment, Person
from measurement.rules.sop import Role

from ..dates import DayField, DayInput


class PersonForm(forms.ModelForm):
    nip = forms.CharField(label="NIP", max_length=30, required=False)  # room for its spaces

    class Meta:
        model = Person
        fields = ["name", "username", "nip", "number_kind", "grade", "email", "is_active"]
        labels = {"username": "Nama pengguna", "email": "Surel", "is_active": "Akun aktif"}
        help_texts = {
            "username": "Untuk masuk; huruf, angka, dan titik.",
            "is_active": "Hapus centang bila pegawai pindah atau pensiun.",
        }

    def clean_username(self):
        """All digits would be taken for a NIP at login."""
        name = self.cleaned_data["username"]
        if name.isdecimal():
            raise forms.ValidationError(
                "Nama pengguna tidak boleh hanya angka; angka saja dibaca sebagai NIP."
            )
        return name

    def clean_nip(self):
        return "".join((self.cleaned_data["nip"] or "").split()) or None


class AppointmentForm(forms.ModelForm):
    class Meta:
        model = Appointment
        fields = ["role", "chairs", "kind", "title", "decree", "starts", "ends"]
        field_classes = {"starts": DayField, "ends": DayField}
        widgets = {"starts": DayInput, "ends": DayInput}
        help_texts = {
            "chairs": "Hanya untuk peran Tim SAKIP. Ketua menyetujui data awal.",
            "kind": (
                "Plh. menggantikan pejabat yang berhalangan, Plt. mengisi jabatan yang kosong. Keduanya hanya untuk pimpinan dan sekretaris, dan "
                "hanya satu orang pada satu waktu."
            ),
            "title": "Tanpa Plh. atau Plt. di depannya; singkatan itu ditambahkan sendiri, misalnya Plh. Sekretaris.",
            "ends": "Hari terakhir bertugas; sesudahnya haknya berhenti sendiri. Kosongkan bila belum ditentukan.",
        }

    def _get_validation_exclusions(self):
        """Unit and person come with the instance; the constraints on them are checked all the same."""
        return {
            name
            for name in super()._get_validation_exclusions()  # type: ignore[misc]  # a hook of Django that its stubs leave out
            if not getattr(self.instance, f"{name}_id", None)
        }

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("kind") in (Appointment.Kind.PLT, Appointment.Kind.PLH) and data.get("role") not in (
            Role.CAMAT,
            Role.SEKCAM,
        ):
            self.add_error("kind", "Plt. dan Plh. hanya untuk pimpinan dan sekretaris.")
        if data.get("chairs") and data.get("role") != Role.TIM_SAKIP:
            self.add_error("chairs", "Ketua Tim SAKIP hanya untuk peran Tim SAKIP.")
        return data
