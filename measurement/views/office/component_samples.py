"""What the samples of components say."""

DRAFT = {
    "page": "#draft",
    "form": "contoh",
    "when": "hari ini pukul 10.42 WIB",
    "texts": [{"label": "Catatan rekap", "text": "Serapan menonjol."}],
}
KEPT_TEXT = {
    "texts": [{"label": "Catatan rekap", "text": "Serapan menonjol."}],
    "fields": [],
    "action": "#kept_text",
    "files": False,
}
STATES = {
    "belum": "Belum",
    "berjalan": "Berjalan",
    "dikembalikan": "Dikembalikan",
    "selesai": "Selesai",
    "terlambat": "Terlambat",
}
TASK = {
    "title": "Isi kertas kerja",
    "cycle": "Pengukuran TW II 2026",
    "progress": "7 dari 12 indikator",
    "url": "#task_card",
    "action": "Isi",
}
REPORT_TASK = TASK | {
    "title": "Laporan TW II 2026 menunggu Anda",
    "progress": "",
    "due": "",
    "state": {"key": "berjalan", "label": "Belum dibaca"},
    "sentences": [
        "Capaian kinerja 98,15 %, predikat Sangat Tinggi.",
        "2 indikator di bawah target.",
        "Tidak ada hal yang dimintakan keputusan.",
    ],
    "action": "Baca laporan",
    "more": [{"label": "Unduh", "url": "#task_card"}],
}
EVIDENCE = {
    "name": "notulen.pdf",
    "url": "#evidence_item",
    "size": "84 KB",
    "page": "3",
    "dated": "2 Oktober 2026",
}
LINKED = {"name": "drive.google.com/…/view", "is_link": True, "size": "tautan", "copied_from": "TW I 2026"}
FAMILIES = {
    "buttons": ".btn .btn-primary .btn-danger .btn-sm",
    "blocks": ".card .stack .columns .split .row-line",
    "lines": ".lines",
    "filters": ".filters",
    "notices": ".notice .success .warning .error",
    "tables": ".table-frame .table-cards .num",
    "words": ".quote mark .hint .code",
    "forms": ".check .search-line",
    "accents": ".accent [data-accent]",
}
NAV = [
    {"label": "Tugas saya", "url": "#nav", "icon": "inbox", "current": True, "count": 3, "unread": 1},
    {"label": "Siklus", "url": "#nav", "icon": "cycle", "current": False, "count": 0, "unread": 0},
]
CHIPS = [
    {"label": "Semua (12)", "url": "#chips", "current": True},
    {"label": "Belum lengkap (5)", "url": "#chips", "current": False},
]
UNDOS = [{"words": "12 baris diterima pukul 10.42 WIB", "until": "10.52 WIB", "url": "#undo"}]
MENU = {
    "name": "Pegawai Contoh",
    "roles": "Tim SAKIP",
    "items": [{"label": "Ganti kata sandi", "url": "#user_menu"}],
}
