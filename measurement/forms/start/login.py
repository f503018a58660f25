"""Login by NIP, spaced or not, or by user name."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm


class OwnPasswordForm(PasswordChangeForm):
    """A password of one's own; after it nothing is temporary any more."""

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
