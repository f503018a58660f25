"""Which help belongs to which page: the name of its address → the anchor of the job, on the page of the help."""

from collections.abc import Mapping

BELONGS = {
    "pasang": ("first_setup", "new_office"),
    "kesiapan": ("readiness", "office_details"),
    "otoritas": ("signing_authority",),
    "surel": ("mail_check",),
    "masuk": ("login", "logout", "password_change"),
    "tugas-saya": ("inbox",),
    "pesan": ("my_messages", "my_message", "mail_setting"),
    "siklus": ("cycles", "cycle", "round", "receipt"),
    "capaian": (
        "achievement",
        "trends",
        "years",
        "recap",
        "sub_unit_recap",
        "office_working",
        "branch_working",
        "row_working",
    ),
    "kertas-kerja": ("worksheet",),
    "isian-excel": ("round_trip",),
    "realisasi-anggaran": ("money_import",),
    "tanda-tangan": ("signatures", "sign", "signing_attempt"),
    "kunci": ("signing_keys", "make_key", "change_pin", "revoke_key"),
    "arsip": ("archive", "search"),
    "verifikasi": ("verify_any", "verify_paper"),
    "batal": ("void_paper",),
    "periksa-tabel": ("check_table",),
    "rencana": (
        "plan",
        "indicator",
        "branch",
        "revisions",
        "plan_import",
        "plan_frequency",
        "new_plan",
        "nomenclature",
        "nomenclature_import",
    ),
    "data-awal": ("opening", "opening_set", "opening_upload"),
    "konsistensi": ("planning_documents", "radar"),
    "seluruh-kertas-kerja": ("overview", "coverage"),
    "pembagian-baris": ("assignment",),
    "buku-nomor": ("number_register",),
    "pegawai": (
        "people",
        "people_import",
        "first_passwords",
        "add_person",
        "person",
        "appoint",
        "sub_units",
        "sub_unit",
    ),
    "serah-terima": ("handovers", "hand_over"),
    "pengaturan": ("paper_settings", "paper_setting", "office_look"),
    "jam-kerja": ("working_hours",),
    "hari-libur": ("holidays",),
    "aturan-hitung": ("predicate_scales", "predicate_scale", "calculation_rules"),
    "retensi": ("retention",),
    "berkas-pengaturan": ("setting_import",),
    "ekspor": ("office_export",),
    "sop-kantor": ("sop_editions", "new_sop_edition", "sop_edition"),
    "langkah-1": ("open_cycle",),
    "langkah-{number}": ("step",),
}
PLACES = {name: key for key, names in BELONGS.items() for name in names}


def help_place_of(url_name: str, keys: Mapping[str, object]) -> str:
    """The anchor of a page's help; empty for a page that has none of its own, such as the help itself."""
    return PLACES.get(url_name, "").format(**keys)
