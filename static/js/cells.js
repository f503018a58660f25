/* What the worksheet's scripts share: the draft in this browser, sentences at a cell, and the choice between two values. */
window.sakip = (() => {
  "use strict";

  /* An object that outlives the page in this browser, and how to write it down. */
  function keeping(key) {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      kept = {};
    }
    function write() {
      try {
        if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify(kept));
        else localStorage.removeItem(key);
      } catch {
        /* a private window or a full storage: what is typed is still sent */
      }
    }
    return { kept, write };
  }

  /* What was typed and not yet acknowledged by the server, by input name, with the value that it was typed over and all texts that were sent
   * without an answer: any of them may be what the server has. */
  function draft(key) {
    const { kept, write } = keeping(key);
    return {
      entries: () => Object.entries(kept),
      keep(name, text, over) {
        kept[name] = { text, over, sent: kept[name]?.sent || [] };
        write();
      },
      send(name, text) {
        if (!kept[name] || kept[name].sent.includes(text)) return;
        kept[name].sent.push(text);
        write();
      },
      answered(name) {
        if (!kept[name]) return;
        kept[name].sent = [];
        write();
      },
      sent: (name) => kept[name]?.sent || [],
      drop(name) {
        if (!(name in kept)) return;
        delete kept[name];
        write();
      },
      /* A button takes all of it along: with the mark of its form, by which the next page knows whether it arrived. */
      leave(form) {
        for (const entry of Object.values(kept)) entry.mark = markOf(form);
        write();
      },
      /* What arrived with its form is no draft any more, whatever became of its row. */
      forgetArrived() {
        for (const [name, { mark }] of Object.entries(kept)) if (mark && arrived.has(mark)) delete kept[name];
        write();
      },
    };
  }

  /* Forms that the server carried out lately; see measurement/form_middleware.py. */
  const arrived = new Set((/(?:^|; )sakip_terkirim=([^;]*)/.exec(document.cookie)?.[1] || "").split("."));
  const markOf = (form) => form.elements.csrfmiddlewaretoken.value.slice(0, 16);

  /* The versions that the server told since the last page was loaded. A page that was on its way while they rose shows what was there before. */
  function versions(key) {
    const { kept, write } = keeping(key);
    return {
      keep(told) {
        Object.assign(kept, told);
        write();
      },
      take() {
        const told = { ...kept };
        for (const name of Object.keys(kept)) delete kept[name];
        write();
        return told;
      },
    };
  }

  function unfold(cell) {
    const fold = cell.closest("details");
    if (fold) fold.open = true;
  }

  function boxAt(cell, name, look) {
    const id = `${cell.name}-${name}`;
    const found = document.getElementById(id);
    if (found) return found;
    const made = document.createElement("div");
    made.id = id;
    made.className = look;
    const row = name === "error" && cell.closest(".sheet tr:not(.detail)");
    if (row) below(row).append(made);
    else cell.insertAdjacentElement("afterend", made);
    return made;
  }

  /* What is wrong in a row of the sheet stands below it, across all columns. */
  function below(row) {
    if (row.nextElementSibling?.className !== "problems") {
      const made = Object.assign(document.createElement("tr"), { className: "problems" });
      made.append(Object.assign(document.createElement("td"), { colSpan: 6 }));
      row.after(made);
    }
    return row.nextElementSibling.firstElementChild;
  }

  /* `choices` is what the text may mean, text → words, each to be taken with one press; `place` names the row. */
  function showError(cell, sentence, choices = {}, place = "") {
    const box = boxAt(cell, "error", "problem");
    const buttons = Object.entries(choices).map(([text, words]) => button(words, () => takeReading(cell, text)));
    const named = place ? [Object.assign(document.createElement("strong"), { textContent: `${place}:` }), " "] : [];
    box.replaceChildren(...named, sentence, ...buttons.flatMap((one) => [" ", one]));
    cell.setAttribute("aria-invalid", "true");
    cell.setAttribute("aria-describedby", box.id);
    unfold(cell);
  }

  function takeReading(cell, text) {
    cell.value = text;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.focus();
  }

  function clearError(cell) {
    document.getElementById(`${cell.name}-error`)?.remove();
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  /* Show the value that somebody else stored beside the one typed here; `settle` gets the one that the person chooses. */
  function askWhich(cell, theirs, settle) {
    const mine = cell.value, box = boxAt(cell, "conflict", "conflict");
    const text = document.createElement("p");
    const choose = (value) => {
      box.remove();
      settle(value);
    };
    text.textContent = `Sudah diubah dari halaman lain. Tersimpan: ${theirs || "kosong"}. Ketikan Anda: ${mine || "kosong"}.`;
    box.setAttribute("role", "group");
    box.replaceChildren(text, button("Pakai yang tersimpan", () => choose(theirs)), button("Pakai ketikan saya", () => choose(mine)));
    unfold(cell);
  }

  /* Whether two texts mean the same: the server spells "1.000,50" as "1000,5". */
  function alike(one, other) {
    const [a, b] = [one, other].map((text) => text.trim().replaceAll("\r\n", "\n"));
    const number = (text) => (/^-?[\d.]+(,\d+)?$/.test(text) ? Number(text.replaceAll(".", "").replace(",", ".")) : NaN);
    return a === b || number(a) === number(b);
  }

  return { draft, versions, showError, takeReading, clearError, askWhich, alike };
})();
