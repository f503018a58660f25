/* What stands behind a row is fetched when it is opened. Without this script a link leads there; a line that is cut leaves the link. */
(() => {
  "use strict";

  async function load(fold) {
    const place = fold.querySelector("summary + *");
    try {
      const answer = await fetch(fold.dataset.load, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      place.innerHTML = await answer.text();
      delete fold.dataset.load;
    } catch {
      /* opened once more, it is fetched once more */
    }
  }

  document.addEventListener("toggle", ({ target }) => target.open && target.dataset.load && load(target), true);
})();
