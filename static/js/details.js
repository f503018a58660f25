/* What stands behind something folded is fetched when it is opened, into the element with data-part. Without this script a link in it leads there; a line
 * that is cut leaves the link. */
(() => {
  "use strict";

  async function load(fold) {
    const place = fold.querySelector("[data-part]"), from = fold.dataset.load;
    delete fold.dataset.load;
    try {
      const answer = await fetch(from, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
    } catch {
      fold.dataset.load = from; /* opened once more, it is fetched once more */
    }
  }

  document.addEventListener("toggle", ({ target }) => target.open && target.dataset.load && load(target), true);
  document.querySelectorAll("details[data-load][open]").forEach(load);
})();
