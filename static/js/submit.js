/* Every form says what is being done while it is sent, and can't be sent a second time meanwhile. What the server does about two equal forms:
 * measurement/form_middleware.py. */
(() => {
  "use strict";

  const PATIENCE = 20000; // milliseconds until a form may be sent again although no answer came: a download, or a page that was stopped
  /* First word of a button → what is being done. data-busy at a button says it more exactly. */
  const BUSY = {
    akhiri: "Mengakhiri", aktifkan: "Mengaktifkan", ambil: "Mengambil", arsipkan: "Mengarsipkan", atur: "Mengatur", bagi: "Membagi", bagikan: "Membagikan",
    bandingkan: "Membandingkan", batalkan: "Membatalkan", beri: "Memberi", buang: "Membuang", buat: "Membuat", buka: "Membuka", cabut: "Mencabut",
    cari: "Mencari", catat: "Mencatat", coba: "Mencoba", ganti: "Mengganti", gabungkan: "Menggabungkan", hapus: "Menghapus", hentikan: "Menghentikan",
    isi: "Mengisi", jalankan: "Menjalankan", jawab: "Menjawab", kecualikan: "Mengecualikan", keluar: "Keluar", kembali: "Mengembalikan",
    kembalikan: "Mengembalikan", kirim: "Mengirim", kirimkan: "Mengirim", kosongkan: "Mengosongkan", lanjut: "Melanjutkan", lanjutkan: "Melanjutkan",
    laporkan: "Melaporkan", lepas: "Melepas", lepaskan: "Melepas", lewati: "Melewati", lihat: "Menyiapkan", masuk: "Masuk", minta: "Meminta", muat: "Memuat",
    nilai: "Menilai", nyatakan: "Mencatat", pakai: "Memakai", perbaiki: "Memperbaiki", perbarui: "Memperbarui", periksa: "Memeriksa",
    perintahkan: "Memerintahkan", perpanjang: "Memperpanjang", pilih: "Memilih", pindahkan: "Memindahkan", pulihkan: "Memulihkan", salin: "Menyalin",
    saring: "Menyaring", sahkan: "Mengesahkan", selesaikan: "Menyelesaikan", serahkan: "Menyerahkan", setujui: "Menyetujui", siapkan: "Menyiapkan",
    simpan: "Menyimpan", susun: "Menyusun", tambah: "Menambah", tambahkan: "Menambahkan", tampilkan: "Menampilkan", tanda: "Menandatangani",
    tandai: "Menandai", tarik: "Menarik", terapkan: "Menerapkan", terbitkan: "Menerbitkan naskah", terima: "Menerima", tetap: "Memperpanjang sesi",
    tetapkan: "Menetapkan", tidak: "Membuang", tolak: "Menolak", tugaskan: "Menugaskan", tulis: "Menulis", tunda: "Menunda", tunjuk: "Menunjuk",
    tutup: "Menutup", ubah: "Mengubah", unduh: "Menyiapkan", unggah: "Mengunggah", urutkan: "Mengurutkan", usulkan: "Mengusulkan", ya: "Menyimpan",
  };
  const sending = new Map(); // form → how to take back what was shown

  const live = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  live.setAttribute("role", "status");
  document.body.append(live);

  function wordsOf(button) {
    if (button.dataset.busy) return button.dataset.busy;
    const [first] = (button.textContent || button.value).trim().toLowerCase().match(/\p{L}+/u) || [""];
    return `${BUSY[first] || "Sedang memproses"} …`;
  }

  function show(form, button) {
    const others = [...form.elements].filter((one) => one.type === "submit");
    const words = button ? wordsOf(button) : "Sedang memproses …";
    const before = button?.localName === "button" ? [...button.childNodes] : null;
    for (const one of others) one.setAttribute("aria-disabled", "true");
    button?.setAttribute("aria-busy", "true");
    if (before) button.replaceChildren(words);
    live.textContent = words;
    const timer = setTimeout(() => {
      takeBack(form);
      live.textContent = "Belum ada jawaban. Tombol dapat ditekan lagi; kiriman yang sama tidak dikerjakan dua kali.";
    }, PATIENCE);
    if (button && "download" in button.dataset) untilItCame(form);
    sending.set(form, () => {
      clearTimeout(timer);
      for (const one of others) one.removeAttribute("aria-disabled");
      button?.removeAttribute("aria-busy");
      if (before) button.replaceChildren(...before);
    });
  }

  /* A download leaves the page where it is: its answer says by a cookie that it came. */
  function untilItCame(form) {
    const watch = setInterval(() => {
      if (!sending.has(form)) clearInterval(watch);
      else if (/(?:^|; )sakip_unduh=1/.test(document.cookie)) {
        document.cookie = "sakip_unduh=; max-age=0; path=/";
        takeBack(form);
      }
    }, 300);
  }

  function takeBack(form) {
    sending.get(form)?.();
    sending.delete(form);
    document.dispatchEvent(new Event("sakip:tetap"));
  }

  function stay(event, words) {
    event.preventDefault();
    event.stopImmediatePropagation();
    live.textContent = words;
  }

  /* Before everybody else: a second press does nothing, and without a line the page stays. A worksheet says so in its own words. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (sending.has(form)) return stay(event, "Masih dikerjakan. Mohon tunggu.");
    if (!navigator.onLine && !form.dataset.autosave) return offline(event);
    return undefined;
  }, true);

  function offline(event) {
    const form = event.target, words = "Sambungan terputus, jadi belum ada yang dikirim. Ketikan Anda aman; tekan lagi begitu tersambung.";
    stay(event, words);
    const note = form.querySelector(":scope > .line-note") || form.appendChild(Object.assign(document.createElement("p"), { className: "line-note problem" }));
    note.textContent = words;
    window.addEventListener("online", () => note.remove(), { once: true });
  }

  /* After everybody else, on the window: whoever held the form back has done so. */
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.target === "_blank") return;
    show(event.target, event.submitter);
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of [...sending.keys()]) takeBack(form);
    live.textContent = "";
  });
})();
