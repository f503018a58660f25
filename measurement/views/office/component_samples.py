"""What stands in the samples of components: longer data, apart from the list of components."""

UNDOS = [{"words": "12 baris diterima pukul 10.42 WIB", "until": "10.52 WIB", "url": "#undo"}]


def segments() -> dict[str, dict]:
    options = [
        {"value": "accept", "label": "Terima", "icon": "check", "look": "good"},
        {"value": "return", "label": "Kembalikan", "icon": "return-arrow", "look": "warn"},
    ]
    chosen = {"Belum dipilih": "", "Diterima": "accept", "Dikembalikan": "return"}
    return {
        label: {"name": f"contoh-{number}", "legend": "Penilaian", "options": options, "chosen": value, "none": "Batal memilih"}
        for number, (label, value) in enumerate(chosen.items())
    }  # fmt: skip
