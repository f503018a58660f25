/* Evidence: drop a file on its row, choose or photograph one, or paste a link; it goes up at once, with its progress, and the row's list is drawn anew.
 * Without this script the file goes along with "Simpan". */
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  const HEAVY = 1024 * 1024, LONGEST_EDGE = 2400; // bytes, pixels: an A4 page stays legible
  const WORDS = ["page", "dated", "link"];
  const draft = sakip.draft(`${form.dataset.draft}-bukti`); // what was typed and is not attached yet, in this browser

  const place = (node) => node.closest("[data-evidence]");
  const field = (box, kind) => box.querySelector(`[name^="${kind}-"]`);

  function tell(box, text) {
    box.querySelector(".upload").textContent = text;
  }

  /* A photograph as phones take them is too heavy for a weak line; what can't be made smaller goes as it is. */
  async function lighter(file) {
    if (file.type !== "image/jpeg" || file.size < HEAVY) return file;
    try {
      const picture = await createImageBitmap(file), scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return made && made.size < file.size ? new File([made], file.name, { type: file.type }) : file;
    } catch {
      return file;
    }
  }

  async function send(box, chosen) {
    if (chosen) tell(box, `Menyiapkan ${chosen.name} …`);
    const file = chosen ? await lighter(chosen) : { name: "Tautan" };
    const body = new FormData(), request = new XMLHttpRequest();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (chosen) body.set(field(box, "file").name, file);
    for (const kind of WORDS) body.set(field(box, kind).name, field(box, kind).value);
    return new Promise((done) => {
      request.upload.addEventListener("progress", ({ loaded, total }) => tell(box, `Mengunggah ${file.name}: ${Math.floor((loaded / total) * 100)} %`));
      request.addEventListener("load", () => done(finish(box, file, request)));
      request.addEventListener("error", () => done(tell(box, `Sambungan terputus: ${file.name} belum terunggah. Tekan Unggah untuk mencoba lagi.`)));
      request.open("POST", box.dataset.evidence);
      request.responseType = "json";
      request.send(body);
    });
  }

  function finish(box, file, { status, response }) {
    if (!response) return tell(box, `${file.name} belum terunggah. Muat ulang halaman, masuk lagi, lalu pilih berkasnya sekali lagi.`);
    if (status !== 200) return tell(box, response.refused.join(" "));
    for (const kind of WORDS) draft.drop(field(box, kind).name);
    for (const [name, version] of Object.entries(response.versions)) form.elements[name].value = version;
    for (const [id, html] of Object.entries(response.fragments)) {
      const target = document.getElementById(id);
      if (target) target.innerHTML = html;
    }
    prepare(box);
    tell(box, `${file.name} tersimpan sebagai bukti.`);
  }

  /* The button that sends the chosen file now, together with its page and date. */
  function prepare(box) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "Unggah atau lampirkan";
    button.addEventListener("click", () => upload(box));
    box.querySelector(".upload").before(button);
  }

  function upload(box) {
    const { files } = field(box, "file");
    if (files.length || field(box, "link").value) send(box, files[0]);
    else tell(box, "Pilih berkas atau tempel tautan lebih dahulu.");
  }

  /* A link, its page or date from an earlier visit, where nothing else stands meanwhile. */
  function restore(box) {
    const kept = Object.fromEntries(draft.entries());
    const found = WORDS.map((kind) => field(box, kind)).filter((one) => one.name in kept && !one.value);
    for (const one of found) one.value = kept[one.name].text;
    if (!found.length) return;
    box.closest("details")?.setAttribute("open", "");
    tell(box, "Ketikan yang belum dilampirkan dipulihkan.");
  }

  form.addEventListener("input", ({ target }) => {
    if (!place(target) || !WORDS.some((kind) => target.name?.startsWith(`${kind}-`))) return;
    if (target.value) draft.keep(target.name, target.value, "");
    else draft.drop(target.name);
  });
  form.addEventListener("submit", (event) => event.defaultPrevented || draft.leave(form));

  draft.forgetArrived();
  form.querySelectorAll("[data-evidence]").forEach((box) => {
    prepare(box);
    restore(box);
  });

  form.addEventListener("keydown", (event) => {
    const box = event.key === "Enter" && place(event.target);
    if (!box || event.target.type !== "text") return;
    event.preventDefault();
    upload(box);
  });

  /* Several files dropped at once go up one after the other; a page can be named for one only. */
  async function dropped(row, files) {
    const box = row.querySelector("[data-evidence]");
    box.closest("details").open = true;
    for (const file of files) await send(box, file);
  }

  for (const row of form.querySelectorAll("tbody:has([data-evidence])")) {
    const mark = (on) => row.classList.toggle("dropping", on);
    row.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      mark(true);
    });
    row.addEventListener("dragleave", (event) => row.contains(event.relatedTarget) || mark(false));
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      dropped(row, [...event.dataTransfer.files]);
    });
  }
})();
