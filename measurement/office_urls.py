"""The map of the site, its part for those who keep an office: people, and what the office decides about itself."""

from django.urls import path

from measurement.views.office import (
    api_tokens,
    calculation_rules,
    evidence_hosts,
    first_passwords,
    handover_pages,
    holidays,
    office_look,
    offices,
    paper_settings,
    people,
    people_import,
    people_list,
    predicate_scales,
    readiness,
    retention,
    server_checks,
    setting_files,
    sop_editions,
    sub_units,
    webhook_pages,
    working_hours,
)  # fmt: skip

# /pegawai/  – accounts and appointments, for the administrator; and who takes over from whom
people_pages = [
    path("", people_list.people, name="people"),
    path("ekspor.xlsx", people_import.people_export, name="people_export"),
    path("impor/", people_import.people_import, name="people_import"),
    path("impor/templat.xlsx", people_import.people_template, name="people_template"),
    path("kata-sandi/", first_passwords.first_passwords, name="first_passwords"),
    path("serah-terima/", handover_pages.handovers, name="handovers"),
    path("<int:pk>/serah-terima/", handover_pages.hand_over_page, name="hand_over"),
    path("tambah/", people.add_person, name="add_person"),
    path("sub-unit/", sub_units.sub_units, name="sub_units"),
    path("sub-unit/<int:pk>/", sub_units.sub_unit, name="sub_unit"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/tugaskan/", people.appoint, name="appoint"),
    path("<int:pk>/kata-sandi/", people.reset_password, name="reset_password"),
    path("penugasan/<int:pk>/akhiri/", people.end_appointment, name="end_appointment"),
]

# /pengaturan/  – what an office needs and says about itself, for its administrator
office_pages = [
    path("", readiness.readiness, name="readiness"),
    path("kantor/", office_look.office_look, name="office_look"),
    path("kantor/identitas/", offices.office_details, name="office_details"),
    path("kantor/baru/", offices.new_office, name="new_office"),
    path("tanda-tangan/", server_checks.signing_authority, name="signing_authority"),
    path("surel/", server_checks.mail_check, name="mail_check"),
]

# /pengaturan/naskah/  – how the office words, numbers and signs its papers, for the administrator
paper_setting_pages = [
    path("", paper_settings.paper_settings, name="paper_settings"),
    path("<slug:kind>/", paper_settings.paper_setting, name="paper_setting"),
]

# /pengaturan/  – what an office decides about itself, kept by its own administrator
setting_pages = [
    path("jam-kerja/", working_hours.working_hours, name="working_hours"),
    path("hari-libur/", holidays.holidays, name="holidays"),
    path("predikat/", predicate_scales.predicate_scales, name="predicate_scales"),
    path("predikat/<int:pk>/", predicate_scales.predicate_scale, name="predicate_scale"),
    path("aturan-hitung/", calculation_rules.calculation_rules, name="calculation_rules"),
    path("tautan-bukti/", evidence_hosts.evidence_hosts, name="evidence_hosts"),
    path("retensi/", retention.retention_page, name="retention"),
    path("api/", api_tokens.api_tokens, name="api_tokens"),
    path("api/<int:pk>/cabut/", api_tokens.revoke_api_token, name="revoke_api_token"),
    path("webhook/", webhook_pages.webhook_receivers, name="webhook_receivers"),
    path("webhook/<int:pk>/", webhook_pages.webhook_receiver, name="webhook_receiver"),
    path("webhook/kiriman/<int:pk>/", webhook_pages.webhook_delivery, name="webhook_delivery"),
    path("berkas/<slug:kind>/", setting_files.setting_import, name="setting_import"),
    path("berkas/<slug:kind>.xlsx", setting_files.setting_export, name="setting_export"),
]

# /pengaturan/sop/  – the office's own SOP, for the administrator
sop_pages = [
    path("", sop_editions.sop_editions, name="sop_editions"),
    path("baru/", sop_editions.new_sop_edition, name="new_sop_edition"),
    path("<int:pk>/", sop_editions.sop_edition, name="sop_edition"),
]
