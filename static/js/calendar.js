/* The browser's own calendar beside a day that is written as text: what is picked there is written day first, as people here do. */
(() => {
  "use strict";

  if (!HTMLInputElement.prototype.showPicker) return;

  const two = (text) => text.padStart(2, "0");

  /* 30/11/2026 09.00 → 2026-11-30T09:00, for the calendar to open there; nothing for a day in words. */
  function iso(text) {
    const [, day, month, year, time] = text.match(/^\s*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})(?:\s+(\d{1,2}[.:]\d{2}))?/) ?? [];
    if (!year) return "";
    const date = `${year}-${two(month)}-${two(day)}`;
    return time ? `${date}T${two(time.replace(".", ":")).padStart(5, "0")}` : date;
  }

  function written(value) {
    const [date, time] = value.split("T");
    const day = date.split("-").reverse().join("/");
    return time ? `${day} ${time.slice(0, 5).replace(":", ".")}` : day;
  }

  function addCalendar(field) {
    const label = field.labels?.[0]?.firstChild?.textContent.trim() ?? "tanggal";
    const box = document.createElement("span");
    const button = document.createElement("button");
    const picker = document.createElement("input");
    box.className = "calendar";
    Object.assign(button, { type: "button", className: "btn btn-sm", textContent: "Kalender" });
    button.setAttribute("aria-label", `Kalender: ${label}`);
    Object.assign(picker, { type: field.dataset.calendar, tabIndex: -1, ariaLabel: label, ariaHidden: "true" });
    button.addEventListener("click", () => {
      picker.value = iso(field.value).slice(0, picker.type === "date" ? 10 : 16);
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      field.value = written(picker.value);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    box.append(button, picker);
    field.after(box);
  }

  /* Only where it is unfolded: a long worksheet has a day for each row. Also beside fields that come later, with the details of a row. */
  const FIELDS = "input[data-calendar]:not(:has(+ .calendar))";
  const addCalendars = (place) =>
    place.querySelectorAll(FIELDS).forEach((field) => field.closest("details:not([open])") || addCalendar(field));
  addCalendars(document);
  document.addEventListener("toggle", ({ target }) => target.open && addCalendars(target), true);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.querySelector?.(FIELDS)) addCalendars(node.parentNode);
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
})();
