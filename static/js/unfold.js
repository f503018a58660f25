/* The decision: a row opens in place with what stands behind it, and what was written on rows is summed up where it is sent back.
 * Without this the same lies behind a link, and the summary comes with the page. */
(() => {
  "use strict";

  const picked = document.querySelector("[data-picked] ul");
  if (!picked) return;

  async function open(row) {
    const place = row.querySelector(":scope > div");
    row.dataset.state = "asked";
    try {
      const answer = await fetch(row.dataset.from, { headers: { "X-Bagian": "1" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      place.querySelectorAll(":scope > [data-once]").forEach((old) => old.remove());
      place.prepend(...part.children);
    } catch {
      delete row.dataset.state; /* the link is still there */
    }
  }

  document.addEventListener("toggle", ({ target: row }) => {
    if (row.matches?.("details[data-from]") && row.open && !row.dataset.state) open(row);
  }, true);

  function sum() {
    const lines = [...document.querySelectorAll("details[data-from] textarea")].filter((area) => area.value.trim());
    picked.replaceChildren(...lines.map((area) => {
      const row = area.closest("details[data-from]");
      const [line, link, text] = ["li", "a", "span"].map((name) => document.createElement(name));
      link.href = `#${row.id}`;
      link.textContent = row.dataset.name;
      link.addEventListener("click", () => {
        for (let fold = row; fold; fold = fold.parentElement.closest("details")) fold.open = true;
      });
      text.className = "was";
      text.textContent = area.value.trim();
      line.append(link, text);
      return line;
    }));
  }

  document.addEventListener("input", ({ target }) => {
    if (target.matches("details[data-from] textarea")) sum();
  });
  for (const row of document.querySelectorAll("details[data-from][open]")) open(row);
  sum();
})();
