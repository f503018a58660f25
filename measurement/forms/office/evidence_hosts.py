"""Which sites evidence of an office may lie on."""

from django import forms
from django.db import transaction

from measurement.models import Person, SettingChange, Unit, default_hosts
from measurement.record.setting_changes import record_setting
from measurement.rules.evidence_links import hosts_words, read_hosts

LABEL = "Situs yang boleh ditautkan"


class EvidenceHostsForm(forms.Form):
    """For one unit: one site a line; blank for files only."""

    hosts = forms.CharField(
        label=LABEL,
        required=False,
        max_length=3000,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text="Satu situs tiap baris, misalnya drive.google.com. Bintang di depan berarti semua situs di bawahnya: *.go.id mencakup "
        "kota.go.id. Kosongkan bila bukti hanya boleh berupa berkas.",
    )

    def __init__(self, data=None, *, unit: Unit):
        self.unit = unit
        super().__init__(data, initial={"hosts": unit.evidence_hosts})

    def clean_hosts(self) -> str:
        try:
            return "\n".join(map(str, read_hosts(self.cleaned_data["hosts"])))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    @transaction.atomic
    def store(self, actor: Person, builtin: bool = False) -> bool:
        """Whether anything changed; `builtin` goes back to the sites that come with the system."""
        unit = Unit.objects.select_for_update().get(pk=self.unit.pk)
        before = hosts_words(unit.linkable_hosts)
        unit.evidence_hosts = default_hosts() if builtin else self.cleaned_data["hosts"]
        unit.save(update_fields=["evidence_hosts"])
        after = {LABEL: hosts_words(unit.linkable_hosts)}
        return bool(record_setting(unit, actor, SettingChange.Part.EVIDENCE, {LABEL: before}, after))
