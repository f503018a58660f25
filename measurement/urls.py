"""The map of the site."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from measurement import office_urls
from measurement.api import entrance
from measurement.views.achievement import achievement_page, chart_files, trends, years
from measurement.views.cycle import (
    cycle_page,
    cycles,
    extensions,
    follow_ups,
    progress_board,
    receipts,
    report_page,
    undo,
    withdrawal,
)  # fmt: skip
from measurement.views.government import (
    administrators,
    government_page,
    holidays_of_offices,
    nomenclature_of_offices,
    order_schedules,
    oversight,
    people_of_offices,
    plans_of_offices,
    posts,
    prescribed_indicators,
    retention_of_offices,
    scale_of_offices,
    sop_template_page,
)
from measurement.views.government import files as government_files
from measurement.views.office import components, office_export, office_list, office_look
from measurement.views.papers import (
    archive,
    downloads,
    extracts,
    number_register,
    signatures,
    signing_attempts,
    signing_keys,
    verification,
    voiding,
)  # fmt: skip
from measurement.views.plan import (
    branch,
    frequency,
    new_plan,
    nomenclature,
    nomenclature_import,
    opening,
    opening_upload,
    plan_import,
    plan_pages,
    planning_documents,
    prescribed,
    radar,
    revisions,
)  # fmt: skip
from measurement.views.start import (
    accounts,
    first_setup,
    form_drafts,
    health,
    help_pages,
    inbox,
    installing,
    kept_text,
    long_work,
    metrics,
    my_messages,
    search,
    session,
    table_check,
)  # fmt: skip
from measurement.views.steps import assignment, draft_paper, recap, step_page, sub_unit_recap
from measurement.views.worksheet import (
    autosave,
    money_import,
    round_trip,
    row_behind,
    row_history,
    row_thread,
    workings,
    worksheet_page,
)  # fmt: skip

# /  – everybody's start, login, help and the check of a published table
start_pages = [
    path("", inbox.inbox, name="inbox"),
    path("pasang/", first_setup.first_setup, name="first_setup"),
    path("masuk/", accounts.LoginView.as_view(), name="login"),
    path("keluar/", auth.LogoutView.as_view(), name="logout"),
    path("kata-sandi/", accounts.OwnPasswordView.as_view(), name="password_change"),
    path("sop/", help_pages.sop, name="sop"),
    path("bantuan/", help_pages.help_page, name="help"),
    path("istilah/", help_pages.terms, name="terms"),
    path("cari/", search.search, name="search"),
    path("cari/lompat/", search.jump_box, name="jump"),
    path("sakip.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", installing.service_worker, name="service_worker"),
    path("luring/", installing.offline, name="offline"),
    path("sehat/", health.alive, name="alive"),
    path("siap/", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("ketikan/buang/", kept_text.drop_kept_text, name="drop_kept_text"),
    path("pekerjaan/<int:pk>/", long_work.work_page, name="work"),
    path("pekerjaan/<int:pk>/berkas/", long_work.work_file, name="work_file"),
    path("draf/", form_drafts.save_draft, name="save_draft"),
    path("draf/buang/", form_drafts.discard_draft, name="discard_draft"),
    path("sesi/", session.session_state, name="session_state"),
    path("sesi/tetap/", session.stay_logged_in, name="stay_logged_in"),
    path("periksa-tabel/", table_check.check_table_page, name="check_table"),
]

# /pesan/  – what the application told me
message_pages = [
    path("", my_messages.my_messages, name="my_messages"),
    path("<int:pk>/", my_messages.my_message, name="my_message"),
    path("dibaca/", my_messages.read_messages, name="read_messages"),
    path("pengaturan/", my_messages.mail_setting, name="mail_setting"),
]

# /v/  – open to everybody: what a paper is worth
public_pages = [
    path("", verification.verify_any, name="verify_any"),
    path("<str:code>/", verification.verify_paper, name="verify_paper"),
]

# /tanda-tangan/  – signing papers, and the keys for it
signing_pages = [
    path("", signatures.signatures_page, name="signatures"),
    path("<int:pk>/", signatures.sign_page, name="sign"),
    path("percobaan/<int:pk>/", signing_attempts.signing_attempt, name="signing_attempt"),
    path("kunci/", signing_keys.signing_keys, name="signing_keys"),
    path("kunci/buat/<int:unit>/", signing_keys.make_key_page, name="make_key"),
    path("kunci/<int:pk>/pin/", signing_keys.change_pin_page, name="change_pin"),
    path("kunci/<int:pk>/cabut/", signing_keys.revoke_key, name="revoke_key"),
]

# /siklus/  – the cycle and its steps
cycle_pages = [
    path("", cycles.cycles, name="cycles"),
    path("perintah/", cycles.order_page, name="open_cycle"),
    path("<int:pk>/", cycle_page.cycle, name="cycle"),
    path("<int:pk>/pencabutan/", withdrawal.withdrawal_page, name="withdrawal"),
    path("<int:pk>/perpanjangan/", extensions.extensions_page, name="extensions"),
    path("<int:pk>/putaran/<int:number>/", cycle_page.round_page, name="round"),
    path("<int:pk>/langkah/<int:number>/", step_page.step, name="step"),
    path("<int:pk>/langkah/<int:number>/konsep.pdf", draft_paper.draft_paper, name="draft_paper"),
    path("<int:pk>/kertas-kerja/", worksheet_page.worksheet_page, name="worksheet"),
    path("<int:pk>/kertas-kerja/simpan/", autosave.autosave_cells, name="autosave"),
    path("<int:pk>/kertas-kerja/<int:row>/bukti/", autosave.attach_evidence, name="attach_evidence"),
    path("<int:pk>/kertas-kerja/<int:row>/riwayat/", row_history.row_history, name="row_history"),
    path("<int:pk>/kertas-kerja/semua/", worksheet_page.overview_page, name="overview"),
    path("<int:pk>/tanda-terima/<int:stay>/", receipts.receipt, name="receipt"),
    path("<int:pk>/laporan/", report_page.report, name="report"),
    path("<int:pk>/pembagian/", assignment.assignment_page, name="assignment"),
    path("<int:pk>/batalkan/<int:entry>/", undo.undo_act, name="undo"),
    path("<int:pk>/keterisian/", progress_board.coverage_board, name="coverage"),
    path("<int:pk>/kertas-kerja/<int:row>/", row_behind.row_behind, name="row_behind"),
    path("<int:pk>/kertas-kerja/<int:row>/kecualikan/", worksheet_page.excuse_row, name="excuse"),
    path("<int:pk>/kertas-kerja/isian.xlsx", round_trip.worksheet_form, name="worksheet_form"),
    path("<int:pk>/kertas-kerja/unggah/", round_trip.round_trip, name="round_trip"),
    path("<int:pk>/realisasi-anggaran/", money_import.money_import, name="money_import"),
    path("<int:pk>/realisasi-anggaran/<int:key>/", money_import.money_file, name="money_file"),
    path("<int:pk>/kertas-kerja/<int:row>/catatan/", row_thread.row_thread, name="row_thread"),
    path("<int:pk>/kertas-kerja.xlsx", downloads.worksheet_xlsx, name="worksheet_xlsx"),
    path("<int:pk>/hitungan/", workings.branch_working, name="office_working"),
    path("<int:pk>/hitungan/cabang/<int:node>/", workings.branch_working, name="branch_working"),
    path("<int:pk>/hitungan/indikator/<int:row>/", workings.row_working, name="row_working"),
    path("<int:pk>/rekap/", recap.recap_page, name="recap"),
    path("<int:pk>/rekap/sub-unit/", sub_unit_recap.sub_unit_recap, name="sub_unit_recap"),
    path("<int:pk>/rekap/sub-unit.xlsx", downloads.sub_unit_recap_xlsx, name="sub_unit_recap_xlsx"),
    path("<int:pk>/rekap.xlsx", downloads.recap_xlsx, name="recap_xlsx"),
    path("<int:pk>/e81.xlsx", downloads.e81_xlsx, name="e81_xlsx"),
    path("<int:pk>/sistem-lain.xlsx", downloads.neighbours_xlsx, name="neighbours_xlsx"),
    path("<int:pk>/lkjip.docx", downloads.lkjip_docx, name="lkjip_docx"),
    path("<int:pk>/arsip.zip", downloads.download_package, name="package"),
]

# /tindak-lanjut/  – what was promised or directed, until it is closed
follow_up_pages = [
    path("", follow_ups.follow_ups, name="follow_ups"),
    path("arahan/", follow_ups.new_follow_up, name="new_follow_up"),
    path("<int:pk>/", follow_ups.follow_up, name="follow_up"),
]

# /capaian/  – what was achieved: one cycle, over the periods, over the years
achievement_pages = [
    path("", achievement_page.achievement_page, name="achievement"),
    path("tren/", trends.trends, name="trends"),
    path("tahun/", years.years, name="years"),
    path("bagan/<slug:page>/<str:key>.csv", chart_files.chart_data, name="chart_data"),
    path("bagan/<slug:page>/<str:key>.svg", chart_files.chart_picture, name="chart_picture"),
]

# /kabupaten/  – above the offices: where they stand, and who may read them
government_pages = [
    path("", government_page.government_page, name="government"),
    path("berkas/<slug:kind>/", government_files.government_file, name="government_file"),
    path("baru/", posts.new_government, name="new_government"),
    path("perintah/", order_schedules.order_schedules, name="order_schedules"),
    path("perintah/<int:pk>/tarik/", order_schedules.withdraw_order_schedule, name="withdraw_order_schedule"),
    path("catatan/", oversight.oversight_notes, name="oversight_notes"),
    path("catatan/<int:pk>/", oversight.oversight_note, name="oversight_note"),
    path("catatan/siklus/<int:pk>/", oversight.new_oversight_note, name="new_oversight_note"),
    path("administrator/", administrators.office_administrators, name="office_administrators"),
    path("hari-libur/", holidays_of_offices.holidays_of_offices, name="holidays_of_offices"),
    path("skala/", scale_of_offices.scale_of_offices, name="scale_of_offices"),
    path("klasifikasi/", retention_of_offices.retention_of_offices, name="retention_of_offices"),
    path("nomenklatur/", nomenclature_of_offices.nomenclature_of_offices, name="nomenclature_of_offices"),
    path("templat-sop/", sop_template_page.sop_template_page, name="sop_template_page"),
    path("indikator/", prescribed_indicators.prescribed_indicators, name="prescribed_indicators"),
    path("pegawai/", people_of_offices.people_of_offices, name="people_of_offices"),
    path("pegawai/templat/", people_of_offices.people_of_offices_template, name="people_of_offices_template"),
    path("rencana/", plans_of_offices.plans_of_offices, name="plans_of_offices"),
    path("rencana/templat/", plans_of_offices.plans_of_offices_template, name="plans_of_offices_template"),
    path("jabatan/", posts.government_posts, name="government_posts"),
    path("jabatan/<int:pk>/akhiri/", posts.end_government_post, name="end_government_post"),
]

# /  – files to download
file_pages = [
    path("naskah/<int:pk>/", downloads.paper, name="paper"),
    path("naskah/<int:pk>/petikan/<int:person>/", extracts.extract, name="extract"),
    path("naskah/<int:pk>/batalkan/", voiding.void_paper, name="void_paper"),
    path("bukti/<int:pk>/", worksheet_page.evidence_file, name="evidence"),
    path("rujukan/<int:pk>/", downloads.reference, name="reference"),
]

# /rencana/  – the plan
pages_of_plan = [
    path("", plan_pages.plan, name="plan"),
    path("indikator/<int:pk>/", plan_pages.indicator, name="indicator"),
    path("cabang/<int:pk>/", branch.branch, name="branch"),
    path("revisi/", revisions.revisions_page, name="revisions"),
    path("impor/", plan_import.plan_import, name="plan_import"),
    path("impor/templat.xlsx", plan_import.plan_template, name="plan_template"),
    path("nomenklatur/", nomenclature.nomenclature, name="nomenclature"),
    path("nomenklatur/muat/", nomenclature_import.nomenclature_import, name="nomenclature_import"),
    path("indikator-daerah/", prescribed.prescribed, name="prescribed"),
    path("data-awal/", opening.opening_page, name="opening"),
    path("data-awal/<int:pk>/", opening.opening_set, name="opening_set"),
    path("data-awal/<int:pk>/berkas/", opening.opening_file, name="opening_file"),
    path("data-awal/<int:pk>/templat.xlsx", opening_upload.opening_form, name="opening_form"),
    path("data-awal/<int:pk>/unggah/", opening_upload.opening_upload, name="opening_upload"),
    path("dokumen/", planning_documents.planning_documents, name="planning_documents"),
    path("konsistensi/", radar.radar, name="radar"),
    path("baru/", new_plan.new_plan, name="new_plan"),
    path("frekuensi/", frequency.frequency_page, name="plan_frequency"),
]

# /api/v1/  – for machines, with a token; what is below it is known to measurement/api alone
machine_calls = [
    path("", entrance.api_call, name="api_root"),
    path("openapi.json", entrance.api_schema, name="api_schema"),
    path("<path:rest>", entrance.api_call, name="api"),
]

urlpatterns = [
    *start_pages,
    *file_pages,
    path("api/v1/", include(machine_calls)),
    path("v/", include(public_pages)),
    path("pesan/", include(message_pages)),
    path("tanda-tangan/", include(signing_pages)),
    path("siklus/", include(cycle_pages)),
    path("tindak-lanjut/", include(follow_up_pages)),
    path("capaian/", include(achievement_pages)),
    path("kabupaten/", include(government_pages)),
    path("rencana/", include(pages_of_plan)),
    path("pilih-kantor/", office_list.choose_office, name="choose_office"),
    path("pegawai/", include(office_urls.people_pages)),
    path("pengaturan/naskah/", include(office_urls.paper_setting_pages)),
    path("pengaturan/", include(office_urls.setting_pages)),
    path("pengaturan/ekspor/", office_export.office_export, name="office_export"),
    path("pengaturan/sop/", include(office_urls.sop_pages)),
    path("pengaturan/", include(office_urls.office_pages)),
    path("lambang/<int:pk>/", office_look.emblem, name="emblem"),
    path("komponen/", components.components, name="components"),
    path("arsip/", archive.archive, name="archive"),
    path("arsip/nomor/", number_register.number_register, name="number_register"),
    path("arsip/nomor.csv", number_register.download_register, name="register_csv"),
    path("data-induk/", admin.site.urls),
]
