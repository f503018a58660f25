"""Pages for what went wrong: what happened, what to do, and a reference that stands in the log. None of them asks the database by itself."""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from measurement.files import StorageAway
from sakip.logs import request_number

from .kept_text import sent_now

AWAY = (OperationalError, InterfaceError, StorageAway)  # what comes back by itself
RETRY_SECONDS = 10


@dataclass(frozen=True)
class ErrorPage:
    """What happened, in a heading and a sentence, and what to do."""

    heading: str
    lead: str
    advice: str
    button: str = "Ke Tugas saya"


PAGES = {
    400: ErrorPage(
        "Permintaan tidak terbaca",
        "Yang dikirim peramban tidak lengkap atau tidak sesuai, sehingga tidak diproses.",
        "Kembali ke halaman sebelumnya, muat ulang, lalu coba sekali lagi. Bila Anda mengetik alamatnya, periksa nama situsnya.",
    ),
    403: ErrorPage(
        "Halaman ini bukan wewenang Anda",
        "Langkah atau data ini hanya dapat dibuka oleh pelaksana yang disebut dalam SOP.",
        "Bila seharusnya Anda berwenang, mintalah administrator kantor memeriksa peran Anda, lalu muat ulang halaman ini.",
    ),
    404: ErrorPage(
        "Halaman tidak ditemukan",
        "Alamat ini tidak ada, sudah dipindahkan, atau bukan milik kantor Anda.",
        "Periksa kembali alamatnya, atau mulailah dari daftar tugas Anda.",
    ),
    405: ErrorPage(
        "Alamat ini tidak dapat dibuka begitu saja",
        "Alamat ini hanya menerima isian dari sebuah formulir; tidak ada yang berubah.",
        "Buka halaman yang memuat formulirnya dari daftar tugas, lalu kirim dari sana.",
    ),
    409: ErrorPage(
        "Belum dapat dikerjakan",
        "Yang sudah tersimpan tidak berubah. Buka keadaan terbaru, lalu lanjutkan dari sana.",
        "Seseorang telah melanjutkan langkah ini lebih dahulu, sehingga yang Anda kirim tidak diproses.",
        "Buka Tugas saya",
    ),
    413: ErrorPage(
        "Kiriman terlalu besar",
        "Kiriman ini terlalu besar dan tidak dibaca; yang sudah tersimpan tidak berubah.",
        "Kembali ke halaman sebelumnya, lalu unggah berkas satu per satu atau perkecil ukurannya.",
    ),
    422: ErrorPage(
        "Isian belum dapat diterima",
        "Ada isian yang belum sesuai, sehingga belum disimpan.",
        "Kembali ke halaman sebelumnya, perbaiki isian yang ditandai, lalu kirim lagi.",
    ),
    429: ErrorPage(
        "Terlalu banyak permintaan",
        "Permintaan dari tempat Anda datang terlalu cepat, jadi untuk sementara ditahan.",
        "Tunggu beberapa menit, lalu coba lagi.",
        "Coba lagi",
    ),
    500: ErrorPage(
        "Terjadi gangguan",
        "Sistem gagal memproses permintaan Anda. Gangguan ini sudah tercatat; Anda tidak melakukan kesalahan.",
        "Kembalilah ke halaman sebelumnya dan coba lagi. Bila tetap gagal, sampaikan nomor rujukan di bawah kepada administrator kantor.",
    ),
    503: ErrorPage(
        "Sistem sedang sibuk",
        "Sistem sedang sibuk atau diperbarui dan akan kembali sebentar lagi. Data yang sudah tersimpan tetap aman.",
        "Jangan tutup halaman yang belum tersimpan; coba simpan kembali beberapa saat lagi.",
        "Coba lagi",
    ),
    507: ErrorPage(
        "Tempat penyimpanan penuh",
        "Tempat penyimpanan server penuh, jadi berkas belum tersimpan; yang sudah ada tetap utuh.",
        "Hubungi administrator, lalu ulangi sesudah ada tempat.",
    ),
}
WITHOUT_FRAME = {500, 503}  # the frame would ask the database, which may be what is broken


def error_page(
    request: HttpRequest | None,
    status: int,
    sentences: list[str] | tuple[str, ...] = (),
    lead: str = "",
    again: dict | None = None,
) -> HttpResponse:
    """The page of a status; `sentences` take the place of its advice, and `lead` of its sentence. `again` is what was sent (kept_text.py)."""
    told = PAGES.get(status, PAGES[409])
    context = {
        "told": told,
        "lead": lead or told.lead,
        "sentences": sentences or [told.advice],
        "reference": request_number(),
        "again": again,
    }
    framed = request if status not in WITHOUT_FRAME else None
    return HttpResponse(render_to_string("error.html", context, request=framed), status=status)


def away_page(request: HttpRequest) -> HttpResponse:
    """Database or storage did not answer: come again, with what was sent in the page."""
    response = error_page(None, 503, again=sent_now(request))
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


# What Django calls (sakip/urls.py names them)


def unreadable_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the frame's questions: the host itself may be a forged one."""
    return HttpResponse(error_page(None, 400).content, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403, lead=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """What no middleware took: those that ask the database themselves can fail with it, too."""
    return away_page(request) if isinstance(sys.exc_info()[1], AWAY) else error_page(request, 500)
