/* The evaluation by keyboard: J and K go from row to row, A accepts, R returns and leads to the reason.
 * On the page of one row J and K go to the next and the one before, and A saves at once. One's own row is never accepted by a key. */
(() => {
  "use strict";

  const place = document.querySelector(".judging");
  if (!place) return;
  const alone = place.querySelector(".one");

  const rows = () => [...place.querySelectorAll("[data-row]")];
  const here = () => document.activeElement.closest?.("[data-row]") ?? (alone || null);

  function go(step) {
    if (alone) {
      place.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
      return;
    }
    const all = rows();
    const next = all[here() ? all.indexOf(here()) + step : 0];
    if (!next) return;
    next.closest("details").open = true;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function choose(value) {
    const row = here();
    const button = row?.querySelector(`.segment [value="${value}"]`);
    if (!button) return;
    if (button.closest(".own")) {
      button.closest(".own").open = true;
      button.focus();
      return;
    }
    button.checked = true;
    button.dispatchEvent(new Event("change", { bubbles: true }));
    if (value === "return") row.querySelector(".reason").focus();
    else if (alone) button.form.requestSubmit(button.form.querySelector('.action-bar [value="save"]'));
    else go(1);
  }

  const KEYS = { j: () => go(1), k: () => go(-1), a: () => choose("accept"), r: () => choose("return") };

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const typing = target.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    const act = KEYS[key.toLowerCase()];
    if (!act || typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    act();
  });
})();
