/* Autosave of the worksheet. Every keystroke is kept in this browser at once; after a pause it is sent, and sent again until the server has it.
 * The page works without this script: then the buttons save. Answers of the server: see measurement/views/autosave.py. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  const PAUSE = 700, PATIENCE = 20000, FIRST_RETRY = 3000, LAST_RETRY = 60000; // milliseconds
  const status = document.getElementById("simpanan");
  const cells = [...form.querySelectorAll("[data-cell]")];
  const byName = new Map(cells.map((cell) => [cell.name, cell]));

  /* What the server is known to hold, and which text of ours that was. They differ in spelling: "1.000,50" is kept as "1000,5". */
  const stored = new Map(cells.map((cell) => [cell.name, initial(cell)]));
  const told = new Map(stored);
  const refused = new Map(); // name → text that the server did not understand
  const disputed = new Set(); // names whose two values wait for a choice
  const draft = sakip.draft(form.dataset.draft);

  const versions = sakip.versions(`${form.dataset.draft}-versi`);
  if (Object.entries(versions.take()).some(([name, version]) => Number(form.elements[name]?.value) < Number(version))) {
    location.replace(location.pathname + location.search); // this page is older than what was saved from the one before it
    return;
  }

  let timer = 0, busy = false, retry = FIRST_RETRY, waiting = null;

  function initial(cell) {
    if (cell.dataset.stored !== undefined) return cell.dataset.stored; // a refused page shows what was typed instead
    return cell.tagName === "SELECT" ? ([...cell.options].find((one) => one.defaultSelected) || cell.options[0]).value : cell.defaultValue;
  }

  /* Also what was sent and typed back again: without an answer nobody knows which of it the server has. */
  function isTyped(cell) {
    return cell.value !== told.get(cell.name) || draft.sent(cell.name).length > 0;
  }

  function isOurs(name, theirs) {
    return draft.sent(name).some((text) => sakip.alike(text, theirs));
  }

  function isOpen(cell) {
    return isTyped(cell) && cell.value !== refused.get(cell.name) && !disputed.has(cell.name);
  }

  function say(text, look) {
    status.textContent = text;
    status.dataset.look = look || "";
  }

  /* The server holds something else than we typed over: take it where nothing was typed, ask where both changed. */
  function meet(cell, theirs) {
    const before = stored.get(cell.name);
    const typed = isTyped(cell);
    stored.set(cell.name, theirs);
    if (theirs === before) return;
    told.set(cell.name, theirs);
    if (!typed) cell.value = theirs;
    else if (sakip.alike(cell.value, theirs)) acknowledge(cell, cell.value, theirs);
    else if (isOurs(cell.name, theirs)) acknowledge(cell, theirs, theirs);
    else dispute(cell, theirs);
  }

  /* Both values stand side by side until the person chooses one. */
  function dispute(cell, theirs) {
    disputed.add(cell.name);
    sakip.askWhich(cell, theirs, (value) => {
      disputed.delete(cell.name);
      cell.value = value;
      cell.focus();
      changed(cell);
    });
  }

  function changed(cell) {
    if (!isTyped(cell)) draft.drop(cell.name);
    else draft.keep(cell.name, cell.value, stored.get(cell.name));
    refused.delete(cell.name.replace("overspend_reason-", "spent-"));
    sakip.clearError(cell);
    schedule(PAUSE);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function collect() {
    const sent = new Map(), body = new URLSearchParams();
    for (const cell of cells.filter(isOpen)) {
      sent.set(cell.name, cell.value);
      body.set(cell.name, cell.value);
      body.set(cell.dataset.cell, form.elements[cell.dataset.cell].value);
      if (cell.name.startsWith("spent-")) takeReason(cell, body, sent);
    }
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return { sent, body };
  }

  /* An amount above the pagu is judged together with its reason. */
  function takeReason(cell, body, sent) {
    const reason = byName.get(cell.name.replace("spent-", "overspend_reason-"));
    if (!reason) return;
    body.set(reason.name, reason.value);
    sent.set(reason.name, reason.value);
  }

  async function save() {
    clearTimeout(timer);
    if (busy) return;
    const { sent, body } = collect();
    if (!sent.size) return;
    busy = true;
    for (const [name, text] of sent) draft.send(name, text);
    say("Menyimpan …");
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
      if (response.redirected || !(response.headers.get("content-type") || "").includes("json")) hold(response);
      else take(await response.json(), sent, response.ok);
    } catch {
      lost();
    } finally {
      busy = false;
      waiting?.();
    }
  }

  function lost() {
    say("Sambungan terputus. Ketikan Anda aman di peramban ini dan dikirim begitu tersambung.", "warning");
    schedule(retry);
    retry = Math.min(retry * 2, LAST_RETRY);
  }

  /* No answer of the worksheet: the session is over, or the server is busy. */
  function hold(response) {
    if (response.redirected || response.status === 403) {
      say("Sesi Anda berakhir. Ketikan Anda aman di peramban ini: masuk lagi di tab baru, lalu lanjutkan di sini.", "warning");
      sakip.session.lost();
    } else {
      lost();
    }
  }

  function take(answer, sent, ok) {
    retry = FIRST_RETRY;
    if (!ok) return say(answer.refused.join(" "), "warning");
    for (const [name, version] of Object.entries(answer.versions)) form.elements[name].value = version;
    versions.keep(answer.versions);
    const stale = new Set(answer.stale);
    for (const [name, text] of sent) {
      const cell = byName.get(name);
      if (name in answer.errors) refuse(cell, text, answer.errors[name], answer.choices[name], answer.places[name]);
      else if (cell.dataset.cell in answer.closed) refuse(cell, text, answer.closed[cell.dataset.cell]);
      else if (!stale.has(cell.dataset.cell)) acknowledge(cell, text, answer.stored[name]);
    }
    for (const [name, theirs] of Object.entries(answer.stored)) if (stale.has(byName.get(name)?.dataset.cell)) meet(byName.get(name), theirs);
    for (const name of sent.keys()) draft.answered(name);
    for (const [id, html] of Object.entries(answer.fragments)) show(id, html);
    conclude(answer.saved);
  }

  function acknowledge(cell, text, now) {
    stored.set(cell.name, now);
    if (cell.value === text) {
      if (document.activeElement !== cell) cell.value = now;
      told.set(cell.name, cell.value);
      draft.drop(cell.name);
      sakip.clearError(cell);
    } else {
      told.set(cell.name, text);
      draft.keep(cell.name, cell.value, now);
    }
  }

  function refuse(cell, text, sentence, choices, place) {
    if (cell.value !== text) return;
    refused.set(cell.name, text);
    sakip.showError(cell, sentence, choices, place);
    const reason = document.getElementById(cell.name.replace("spent-", "alasan-pagu-"));
    if (reason) reason.hidden = false;
  }

  function show(id, html) {
    const place = document.getElementById(id);
    if (!place || place.innerHTML.trim() === html.trim()) return;
    if (id.startsWith("kurang-") && !place.childElementCount) place.parentElement.querySelector("details").open = true; // what is missing is written there
    place.innerHTML = html;
    const box = place.closest(`[data-follows="${id}"]`), answer = box?.querySelector("textarea");
    if (answer) answer.disabled = box.hidden = !html.trim() && !answer.value;
  }

  function conclude(clock) {
    if (cells.some(isOpen)) return schedule(PAUSE);
    if (disputed.size) return say(`${disputed.size} isian mempunyai dua nilai; pilih salah satu.`, "warning");
    if (refused.size) return say(`Tersimpan ${clock}, kecuali ${refused.size} isian yang perlu diperbaiki.`, "warning");
    say(`Tersimpan ${clock}`, "good");
  }

  /* A refused page shows what a text probably means instead of it: that waits for a button of its own, or for saving again. */
  function holdAsked() {
    for (const cell of cells) if (cell.dataset.asked !== undefined) refused.set(cell.name, cell.value);
  }

  /* What an earlier visit left behind. */
  function restore() {
    let found = 0;
    for (const [name, { text, over }] of draft.entries()) {
      const cell = byName.get(name);
      if (!cell) continue;
      const now = stored.get(name);
      if (sakip.alike(now, text) || cell.dataset.asked === text.trim()) {
        draft.drop(name);
        continue;
      }
      found += 1;
      cell.value = text;
      if (now !== over && !isOurs(name, now)) dispute(cell, now);
    }
    if (found) {
      say(`${found} ketikan yang belum terkirim dipulihkan.`, "warning");
      schedule(PAUSE);
    }
    leftover();
  }

  /* Drafts of rows that can't be written any more are shown to be copied, never dropped silently. */
  function leftover() {
    const lines = draft.entries().filter(([name]) => !byName.has(name));
    const place = document.getElementById("sisa-ketikan");
    if (!lines.length || !place) return;
    place.hidden = false;
    place.querySelector("ul").replaceChildren(...lines.map(([, { text }]) => Object.assign(document.createElement("li"), { textContent: text })));
    place.querySelector("button").addEventListener("click", () => {
      lines.forEach(([name]) => draft.drop(name));
      place.hidden = true;
    });
  }

  form.addEventListener("input", (event) => {
    if (byName.get(event.target.name) === event.target) changed(event.target);
  });
  form.addEventListener("change", (event) => {
    if (byName.get(event.target.name) === event.target) schedule(0);
  });
  form.addEventListener("click", (event) => {
    const swap = event.target.closest("[data-swap]");
    if (swap) {
      event.preventDefault();
      const parts = ["numerator", "denominator"].map((part) => byName.get(`${part}-${swap.value}`)), values = parts.map((cell) => cell.value);
      parts.forEach((cell, place) => sakip.takeReading(cell, values[1 - place]));
    }
    const { reading, for: name } = event.target.closest("[data-reading]")?.dataset || {};
    if (reading === undefined || !byName.has(name)) return;
    event.preventDefault();
    sakip.takeReading(byName.get(name), reading);
  });
  for (const [place, name] of [[window, "online"], [document, "sakip:masuk"]]) place.addEventListener(name, () => schedule(0));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());

  /* A button waits for the save under way, because that raises the versions which the form carries. */
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      event.preventDefault();
      return lost();
    }
    if (!busy) return draft.leave(form);
    event.preventDefault();
    const { submitter } = event;
    waiting = () => {
      waiting = null;
      form.requestSubmit(submitter);
    };
    return undefined;
  });

  form.dataset.ready = "ya";
  draft.forgetArrived();
  holdAsked();
  restore();
})();
