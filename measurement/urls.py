"""The map of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from .forms.login import LoginForm, OwnPasswordForm
from .views import (
    archive,
    autosave,
    checking,
    cycles,
    extracts,
    inbox,
    number_register,
    paper_settings,
    papers,
    people,
    plan,
    plan_import,
    planning_documents,
    radar,
    revisions,
    round_trip,
    signatures,
    signing_attempts,
    signing_keys,
    sop,
    steps,
    verification,
    voiding,
    workings,
    worksheet,
)

# /  – everybody's start, login, help and the check of a published table
entrance = [
    path("", inbox.inbox, name="inbox"),
    path("masuk/", auth.LoginView.as_view(authentication_form=LoginForm, redirect_authenticated_user=True), name="login"),
    path("keluar/", auth.LogoutView.as_view(), name="logout"),
    path("kata-sandi/", auth.PasswordChangeView.as_view(form_class=OwnPasswordForm, success_url="/"), name="password_change"),
    path("sop/", sop.sop, name="sop"),
    path("periksa-tabel/", checking.check_table, name="check_table"),
]

# /v/  – open to everybody: what a paper is worth
public_pages = [
    path("", verification.verify_any, name="verify_any"),
    path("<str:code>/", verification.verify_paper, name="verify_paper"),
]

# /tanda-tangan/  – signing papers, and the keys for it
signing_pages = [
    path("", signatures.signatures, name="signatures"),
    path("<int:pk>/", signatures.sign, name="sign"),
    path("percobaan/<int:pk>/", signing_attempts.signing_attempt, name="signing_attempt"),
    path("kunci/", signing_keys.signing_keys, name="signing_keys"),
    path("kunci/buat/<int:unit>/", signing_keys.make_key, name="make_key"),
    path("kunci/<int:pk>/pin/", signing_keys.change_pin, name="change_pin"),
    path("kunci/<int:pk>/cabut/", signing_keys.revoke_key, name="revoke_key"),
]

# /siklus/  – the cycle and its steps
cycle_pages = [
    path("", cycles.cycles, name="cycles"),
    path("perintah/", cycles.open_cycle, name="open_cycle"),
    path("<int:pk>/", cycles.cycle, name="cycle"),
    path("<int:pk>/langkah/<int:number>/", steps.step, name="step"),
    path("<int:pk>/kertas-kerja/", worksheet.worksheet, name="worksheet"),
    path("<int:pk>/kertas-kerja/simpan/", autosave.autosave, name="autosave"),
    path("<int:pk>/kertas-kerja/<int:row>/bukti/", autosave.attach_evidence, name="attach_evidence"),
    path("<int:pk>/kertas-kerja/semua/", worksheet.overview, name="overview"),
    path("<int:pk>/kertas-kerja/<int:row>/kecualikan/", worksheet.excuse, name="excuse"),
    path("<int:pk>/kertas-kerja/isian.xlsx", round_trip.worksheet_form, name="worksheet_form"),
    path("<int:pk>/kertas-kerja/unggah/", round_trip.round_trip, name="round_trip"),
    path("<int:pk>/kertas-kerja.xlsx", papers.worksheet_xlsx, name="worksheet_xlsx"),
    path("<int:pk>/hitungan/", workings.branch_working, name="office_working"),
    path("<int:pk>/hitungan/cabang/<int:node>/", workings.branch_working, name="branch_working"),
    path("<int:pk>/hitungan/indikator/<int:row>/", workings.row_working, name="row_working"),
    path("<int:pk>/rekap/", steps.recap, name="recap"),
    path("<int:pk>/rekap.xlsx", papers.recap_xlsx, name="recap_xlsx"),
    path("<int:pk>/e81.xlsx", papers.e81_xlsx, name="e81_xlsx"),
    path("<int:pk>/lkjip.docx", papers.lkjip_docx, name="lkjip_docx"),
    path("<int:pk>/arsip.zip", papers.package, name="package"),
]

# /  – files to download
downloads = [
    path("naskah/<int:pk>/", papers.paper, name="paper"),
    path("naskah/<int:pk>/petikan/<int:person>/", extracts.extract, name="extract"),
    path("naskah/<int:pk>/batalkan/", voiding.void_paper, name="void_paper"),
    path("bukti/<int:pk>/", worksheet.evidence, name="evidence"),
    path("rujukan/<int:pk>/", papers.reference, name="reference"),
]

# /rencana/  – the plan
plan_pages = [
    path("", plan.plan, name="plan"),
    path("indikator/<int:pk>/", plan.indicator, name="indicator"),
    path("revisi/", revisions.revisions, name="revisions"),
    path("impor/", plan_import.plan_import, name="plan_import"),
    path("impor/templat.xlsx", plan_import.plan_template, name="plan_template"),
    path("dokumen/", planning_documents.planning_documents, name="planning_documents"),
    path("konsistensi/", radar.radar, name="radar"),
]

# /pegawai/  – accounts and appointments, for the administrator
people_pages = [
    path("", people.people, name="people"),
    path("tambah/", people.add_person, name="add_person"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/tugaskan/", people.appoint, name="appoint"),
    path("<int:pk>/kata-sandi/", people.reset_password, name="reset_password"),
    path("penugasan/<int:pk>/akhiri/", people.end_appointment, name="end_appointment"),
]

# /pengaturan/naskah/  – how the office words, numbers and signs its papers, for the administrator
paper_setting_pages = [
    path("", paper_settings.paper_settings, name="paper_settings"),
    path("<slug:kind>/", paper_settings.paper_setting, name="paper_setting"),
]

urlpatterns = [
    *entrance,
    *downloads,
    path("v/", include(public_pages)),
    path("tanda-tangan/", include(signing_pages)),
    path("siklus/", include(cycle_pages)),
    path("rencana/", include(plan_pages)),
    path("pegawai/", include(people_pages)),
    path("pengaturan/naskah/", include(paper_setting_pages)),
    path("arsip/", archive.archive, name="archive"),
    path("arsip/nomor/", number_register.number_register, name="number_register"),
    path("arsip/nomor.csv", number_register.register_csv, name="register_csv"),
    path("data-induk/", admin.site.urls),
]
