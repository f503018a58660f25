"""How messages come by e-mail."""

from django import forms

from measurement.models import Person


class MailForm(forms.ModelForm):
    """The address is the administrator's to change: whoever could change it here could read somebody else's mail."""

    class Meta:
        model = Person
        fields = ["mail"]
        widgets = {"mail": forms.RadioSelect}
        labels = {"mail": "Cara menerima pesan"}
        help_texts = {"mail": "Di dalam aplikasi semua pesan tetap ada, apa pun pilihan Anda."}
