/* Shows how far an order is, quicker than the page's own refreshing. */
(() => {
  "use strict";

  const SOON = 400, PAUSE = 1000; // milliseconds
  const place = document.getElementById("pekerjaan");

  async function look() {
    if (document.hidden) return setTimeout(look, PAUSE); // whoever looks elsewhere gets the message
    try {
      const response = await fetch(location.href, { redirect: "manual" });
      if (response.type === "opaqueredirect") return location.reload(); // it leads on to what came of it
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const now = page.getElementById("pekerjaan");
      if (now && now.innerHTML !== place.innerHTML) place.innerHTML = now.innerHTML;
      if (now && !["menunggu", "berjalan", "berhenti"].includes(now.dataset.state)) return undefined;
    } catch {
      /* no line: asked again */
    }
    return setTimeout(look, PAUSE);
  }

  setTimeout(look, SOON);
})();
