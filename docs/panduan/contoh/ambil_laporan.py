"""Mengambil hasil dan Laporan Hasil siklus terakhir yang diarsipkan, lalu memeriksa SHA-256 berkasnya. Hanya pustaka baku Python.

SAKIP_ALAMAT=https://sakip.contoh.go.id SAKIP_TOKEN=sakip_… python ambil_laporan.py
"""

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = os.environ["SAKIP_ALAMAT"].rstrip("/") + "/api/v1/"
TOKEN = os.environ["SAKIP_TOKEN"]


def fetch(url: str) -> bytes:
    """Isi satu alamat; berhenti dengan kalimat dari server bila ditolak."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {TOKEN}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.read()
    except urllib.error.HTTPError as refused:
        problem = json.load(refused)
        sys.exit(f"{problem['title']}: {problem['detail']}")


def everything(url: str | None):
    """Semua isi sebuah daftar, halaman demi halaman."""
    while url:
        page = json.loads(fetch(url))
        yield from page["data"]
        url = page["berikutnya"]


def main() -> None:
    office = json.loads(fetch(ROOT))
    print(f"{office['nama']}, cakupan: {', '.join(office['cakupan'])}")
    archived = []
    for cycle in everything(office["siklus"]):
        turn = cycle["giliran"]
        whose = f", giliran {turn['pelaksana']}, batas {turn['batas'] or 'tidak ada'}" if turn else ""
        print(f"- {cycle['nama']}: {cycle['keadaan']}{whose}")
        if cycle["keadaan"] == "diarsipkan":
            archived.append(cycle)
    if not archived:
        sys.exit("Belum ada siklus yang diarsipkan.")
    last = max(archived, key=lambda cycle: (cycle["tahun"], cycle["periode"]["selesai"], cycle["id"]))

    result = json.loads(fetch(f"{last['alamat']}/hasil"))
    reached, money = result["rata_rata"], result["uang"]
    print(
        f"\n{result['periode']}: capaian {reached['capaian']['tertulis']} ({result['predikat']}), serapan {money['serapan']['tertulis']}"
    )
    for row in everything(result["indikator"]):
        told = row["capaian_sd"]
        print(f"  {row['kode']} {row['nama']}: {told['tertulis']} {told['alasan']}".rstrip())

    papers = everything(f"{office['naskah']}?siklus={last['id']}&jenis=laporan_hasil")
    report = [paper for paper in papers if paper["keadaan"] == "berlaku"][-1]
    content = fetch(report["berkas"]["alamat"])
    digest = hashlib.sha256(content).hexdigest()
    if report["berkas"]["sha256"] not in (None, digest):
        sys.exit("SHA-256 berkas tidak sama dengan yang disebut server.")
    Path("laporan-hasil.pdf").write_bytes(content)
    print(f"\n{report['judul']} {report['nomor']}: {len(content)} bita, SHA-256 {digest} cocok")


if __name__ == "__main__":
    main()
