/* Moving through the worksheet as in a spreadsheet, and pasting a block that was copied from one.
 * Enter and arrows go to the next row, Shift+Enter back, Escape takes back what was typed since the cell was entered. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  /* Realisasi and money are two lanes: a column of one is never pasted into the other. */
  const place = new Map();
  for (const lane of ["nilai", "uang"]) {
    const rows = [...form.querySelectorAll(`[data-lane="${lane}"]`)].map((row) => [...row.querySelectorAll("[data-column]")]);
    rows.forEach((row, down) => row.forEach((cell, across) => place.set(cell, { rows, down, across })));
  }
  let entered = "";

  function go(cell, step) {
    const { rows, down, across } = place.get(cell);
    const row = rows[down + step];
    if (!row) return;
    const next = row[Math.min(across, row.length - 1)];
    next.focus();
    next.select?.();
  }

  form.addEventListener("focusin", ({ target }) => {
    if (place.has(target)) entered = target.value;
  });

  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!place.has(target) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const arrows = target.tagName !== "SELECT";
    if (key === "Enter") go(target, event.shiftKey ? -1 : 1);
    else if (arrows && key === "ArrowDown") go(target, 1);
    else if (arrows && key === "ArrowUp") go(target, -1);
    else if (key === "Escape") write(target, entered);
    else return;
    event.preventDefault();
  });

  function write(cell, text) {
    cell.value = text;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* Excel copies cells with tabs between them and a line end after each row; a cell with a line end of its own stands in quotes. */
  function block(text) {
    return text
      .replace(/\r\n?/g, "\n")
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => line.split("\t").map((value) => value.trim()));
  }

  function pasteInto(cell, text) {
    if (cell.tagName === "SELECT") {
      const option = [...cell.options].find((one) => one.text.trim().toLowerCase() === text.toLowerCase() || one.value === text);
      if (!option) return sakip.showError(cell, `“${text}” bukan salah satu pilihan pada sel ini.`);
      text = option.value;
    }
    write(cell, text);
  }

  form.addEventListener("paste", (event) => {
    const start = place.get(event.target);
    const pasted = block(event.clipboardData.getData("text/plain"));
    if (!start || (pasted.length === 1 && pasted[0].length === 1)) return;
    event.preventDefault();
    let left = 0;
    pasted.forEach((values, down) => {
      values.forEach((value, across) => {
        const cell = start.rows[start.down + down]?.[start.across + across];
        if (cell) pasteInto(cell, value);
        else if (value) left += 1;
      });
    });
    const report = document.getElementById("tempelan");
    report.textContent = left ? `${left} nilai tidak ditempel karena tidak ada selnya.` : `${pasted.length} baris ditempel.`;
  });
})();
