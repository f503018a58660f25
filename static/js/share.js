/* Handing a text on: the phone's own sheet instead of the messenger's address where there is one, and copying. Without this script the address and the text remain. */
(() => {
  "use strict";

  const COPIED = "Tersalin.";
  const NOT_COPIED = "Tidak dapat disalin; buka Lihat pesan lalu salin sendiri.";

  for (const box of document.querySelectorAll("[data-share]")) {
    const [sheet, copy, said] = ["[data-sheet]", "[data-copy]", "[role=status]"].map((one) => box.querySelector(one));
    const text = box.querySelector("textarea").value;

    if (navigator.share) {
      sheet.hidden = false;
      box.querySelector("[data-messenger]").hidden = true;
      /* whoever closes the sheet has not made a mistake */
      sheet.addEventListener("click", () => navigator.share({ text }).catch(() => {}));
    }
    if (navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        said.textContent = await navigator.clipboard.writeText(text).then(() => COPIED, () => NOT_COPIED);
      });
    }
  }
})();
