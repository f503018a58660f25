/* The decision: what was written on rows is summed up where it is sent back. Without this the summary comes with the page. */
(() => {
  "use strict";

  const picked = document.querySelector("[data-picked] ul");
  if (!picked) return;

  function sum() {
    const lines = [...document.querySelectorAll("details[data-name] textarea")].filter((area) => area.value.trim());
    picked.replaceChildren(...lines.map((area) => {
      const row = area.closest("details[data-name]");
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
    if (target.matches("details[data-name] textarea")) sum();
  });
  sum();
})();
