"""Login by NIP, spaced or not, or by user name."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from measurement.forms.texts import PASSWORD_HELP

OWN_PASSWORD = {
    "old_password": ("Kata sandi sekarang", ""),
    "new_password1": ("Kata sandi baru", PASSWORD_HELP),
    "new_password2": ("Kata sandi baru sekali lagi", ""),
}


class OwnPasswordForm(PasswordChangeForm):
    """A password of one's own; after it nothing is temporary any more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in OWN_PASSWORD.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def save(self, commit=True):
        self.user.must_change_password = False
        return super().save(commit)


class OneName(forms.Form):
    """A NIP is one name however it is spaced, also where failed attempts are counted."""

    def clean_username(self):
        typed = self.cleaned_data["username"]
        compact = "".join(typed.split())
        return compact if compact.isdecimal() else typed.strip()


class AdminLoginForm(OneName, AdminAuthenticationForm):
    """The same for the administrator's site."""


class LoginForm(OneName, AuthenticationForm):
    error_messages = {
        "invalid_login": "NIP atau nama pengguna dan kata sandi tidak cocok. Periksa kembali; huruf besar dan kecil dibedakan.",
        "inactive": "Akun ini tidak aktif. Hubungi administrator.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "NIP atau nama pengguna"
