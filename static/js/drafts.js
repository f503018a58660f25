/* A draft of every form in which somebody types: at each keystroke in this browser, after a pause at the server. Nothing has to be said in a page for it;
 * a form with data-autosave keeps its own. The server's side: measurement/views/start/form_drafts.py. */
(() => {
  "use strict";

  const { dataset } = document.body;
  const PAUSE = 1500, FIRST_RETRY = 3000, LAST_RETRY = 60000, FAREWELL = 2000, MONTH = 30 * 86400000, KEEPALIVE = 60000; // milliseconds, bytes
  const PREFIX = `sakip-draf-${dataset.person}-`;
  const SECRET = new RegExp(dataset.secret, "i");
  const UNKEPT = new Set(["hidden", "submit", "button", "reset", "image", "file", "password", "output"]);
  const CHOICES = new Set(["checkbox", "radio", "select-one", "select-multiple"]);
  const isAnswer = "answer" in dataset;
  const arrived = new Set((/(?:^|; )sakip_terkirim=([^;]*)/.exec(document.cookie)?.[1] || "").split("."));
  const told = JSON.parse(document.getElementById("draf")?.textContent || "[]");

  /* ---- what is kept in this browser ---- */

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function write(key, record) {
    try {
      if (record) localStorage.setItem(key, JSON.stringify(record));
      else localStorage.removeItem(key);
    } catch {
      /* a private window or a full storage: the server still gets it */
    }
  }

  function records() {
    let keys = [];
    try {
      keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      /* no storage at all */
    }
    return keys.map((key) => [key, read(key)]).filter(([, record]) => record);
  }

  /* ---- controls ---- */

  const isKept = (one) => one.name && !one.readOnly && !one.matches(":disabled") && !UNKEPT.has(one.type) && "value" in one
    && !SECRET.test(one.name) && !/password|one-time/.test(one.autocomplete || "");
  const isText = (one) => isKept(one) && !CHOICES.has(one.type);
  const isPost = (form) => form.getAttribute("method") === "post"; // a control may be named "method"
  const keepsDraft = (form) => isPost(form) && !form.dataset.autosave && [...form.elements].some(isText);

  const picked = (one) => (one.type === "select-multiple" ? [...one.selectedOptions].map((option) => option.value) : [one.value]);

  function shownIn(one) {
    if (one.type === "checkbox" || one.type === "radio") return one.checked ? [one.value] : [];
    return picked(one);
  }

  function drawnIn(one) {
    if (one.type === "checkbox" || one.type === "radio") return one.defaultChecked ? [one.value] : [];
    if (!one.options) return [one.defaultValue];
    const chosen = [...one.options].filter((option) => option.defaultSelected);
    return (chosen.length || one.multiple ? chosen : [...one.options].slice(0, 1)).map((option) => option.value);
  }

  function put(one, texts, at) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = texts.includes(one.value);
    else if (one.type === "select-multiple") for (const option of one.options) option.selected = texts.includes(option.value);
    else if (texts[at] !== undefined) one.value = texts[at];
  }

  const plain = (texts) => texts.map((text) => text.replaceAll("\r\n", "\n")).join("\0");
  const same = (some, others) => plain(some) === plain(others);

  function labelOf(one) {
    const label = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.placeholder || "";
    return label.replace(/\s+/g, " ").trim().slice(0, 120);
  }

  /* ---- one form ---- */

  /* Several forms of a page may lead to the same address: each is known by its first field, and by its turn where that is the same, too. */
  const turns = new Map();
  function keyOf(form, action) {
    const key = `${form.getAttribute("id") || form.dataset.form || [...form.elements].find(isText).name} ${action}`;
    turns.set(key, (turns.get(key) || 0) + 1);
    return turns.get(key) > 1 ? `${key} ${turns.get(key)}` : key;
  }

  function care(form) {
    const given = form.getAttribute("action");
    const address = given === null || given === "" ? null : new URL(given, location.href);
    const action = address ? address.pathname + address.search : dataset.place;
    const formKey = keyOf(form, action);
    const key = `${PREFIX}${dataset.place} ${formKey}`;
    const entries = new Map(), disputed = new Set();
    let record = null, timer = 0, retry = FIRST_RETRY, unsent = false, leaving = false, under = null, notice = null;

    const controls = (name) => [...form.elements].filter((one) => one.name === name && isKept(one));
    const now = (name) => controls(name).flatMap(shownIn);
    const drawn = (name) => controls(name).flatMap(drawnIn);
    const fill = (name, texts) => {
      let at = 0;
      for (const one of controls(name)) put(one, texts, CHOICES.has(one.type) ? 0 : at++);
    };
    const mark = () => (form.querySelector("input[name=csrfmiddlewaretoken]")?.value || "").slice(0, 16);
    const fields = () => [...entries].map(([name, entry]) => ({ name, ...entry }));

    function keep() {
      record = entries.size ? { at: Date.now(), action, page: dataset.place, fields: fields() } : null;
      write(key, record);
      unsent = true;
      schedule(PAUSE);
    }

    function changed(name) {
      const texts = now(name), over = entries.get(name)?.over ?? drawn(name), [one] = controls(name);
      disputed.delete(name);
      if (same(texts, over)) entries.delete(name);
      else entries.set(name, { texts, over, label: labelOf(one), plain: isText(one) });
      keep();
    }

    function schedule(pause) {
      clearTimeout(timer);
      timer = setTimeout(save, pause);
    }

    /* `last` is said when the page goes away: then the browser carries the request on by itself. */
    async function save(last) {
      clearTimeout(timer);
      if (!unsent || leaving || (under && last !== true)) return;
      const body = new URLSearchParams({ csrfmiddlewaretoken: sakip.session.token(), page: dataset.place, form: formKey, action, mark: mark(), fields: JSON.stringify(fields()) });
      under?.abort();
      under = new AbortController();
      unsent = false;
      try {
        const response = await fetch(dataset.drafts, { method: "POST", body, signal: under.signal, keepalive: last === true && body.toString().length < KEEPALIVE });
        if (response.redirected || response.status === 403) {
          unsent = true;
          sakip.session.lost();
        } else if (response.ok) {
          retry = FIRST_RETRY;
          sakip.session.told(await response.json());
          if (record && !unsent) write(key, (record = { ...record, kept: true }));
        }
      } catch {
        unsent = true;
        schedule(retry);
        retry = Math.min(retry * 2, LAST_RETRY);
      } finally {
        under = null;
        if (unsent && !leaving && !sakip.session.isOver()) schedule(retry === FIRST_RETRY ? PAUSE : retry);
      }
    }

    /* ---- what an earlier visit left behind ---- */

    function restore() {
      const theirs = told.find((one) => one.form === formKey), mine = read(key);
      const [newer, older] = !theirs || (mine && mine.at >= theirs.at - PAUSE) ? [mine, mine?.kept ? null : theirs] : [theirs, mine?.kept ? null : mine];
      const found = new Map([...(older?.fields || []), ...(newer?.fields || [])].map(({ name, ...entry }) => [name, entry]));
      const left = [];
      let count = 0;
      for (const [name, entry] of found) {
        if (SECRET.test(name)) continue;
        if (!controls(name).length) leaveOver(name, entry, left);
        else if (isAnswer) entries.set(name, { ...entry, texts: now(name) });
        else if (same(entry.texts, drawn(name))) continue;
        else if (same(entry.over, drawn(name))) count += bring(name, entry);
        else dispute(name, entry, left);
      }
      record = newer && entries.size ? { ...newer, at: newer.at, action, page: dataset.place, fields: fields() } : null;
      if (mine && !record) write(key, null);
      if ((mine || theirs) && !record && !isAnswer) forget();
      else if (mine && !mine.kept && !isAnswer) keep();
      document.querySelector(`section.draft[data-form="${CSS.escape(formKey)}"]`)?.remove();
      if (!isAnswer && (count || left.length || disputed.size)) announce(newer, theirs, left, count);
    }

    function bring(name, entry) {
      entries.set(name, entry);
      fill(name, entry.texts);
      controls(name)[0].closest("details")?.setAttribute("open", "");
      return 1;
    }

    /* What has no place in the form any more is shown, and kept until the person drops it. */
    function leaveOver(name, entry, left) {
      entries.set(name, entry);
      return left.push(entry);
    }

    /* Somebody else saved something meanwhile: it stays, and both stand side by side until the person chooses. */
    function dispute(name, entry, left) {
      const [one, another] = controls(name);
      if (another || !isText(one)) return leaveOver(name, entry, left);
      const theirs = one.value;
      entries.set(name, entry);
      disputed.add(name);
      one.value = entry.texts[0] ?? "";
      sakip.askWhich(one, theirs, (value) => {
        one.value = value;
        one.focus();
        entries.set(name, { ...entry, over: [theirs] });
        changed(name);
      });
      one.value = theirs;
      return left;
    }

    function announce(newer, theirs, left, count) {
      const when = newer === theirs ? theirs.when : `pukul ${new Date(newer.at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" })}`;
      const words = Object.assign(document.createElement("p"), { textContent: count ? `Draf Anda dari ${when} dipulihkan; belum dikirim.` : `Draf Anda dari ${when} belum dikirim.` });
      const list = document.createElement("ul");
      list.append(...left.map(({ label, texts }) => Object.assign(document.createElement("li"), { textContent: `${label ? `${label}: ` : ""}${texts.join(", ")}` })));
      const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "Buang draf" });
      drop.addEventListener("click", () => {
        HTMLFormElement.prototype.reset.call(form);
        forget();
      });
      notice = Object.assign(document.createElement("div"), { className: "notice info draft-notice" });
      notice.setAttribute("role", "status");
      const text = document.createElement("div");
      text.append(words);
      if (left.length) text.append("Tidak ada lagi tempatnya pada formulir; salin bila masih diperlukan:", list);
      notice.append(text, drop);
      form.prepend(notice);
    }

    /* Here and at the server. */
    function forget() {
      clearTimeout(timer);
      for (const name of entries.keys()) document.getElementById(`${name}-conflict`)?.remove();
      entries.clear();
      record = null;
      unsent = false;
      write(key, null);
      notice?.remove();
      fetch(dataset.discard, { method: "POST", keepalive: true, redirect: "manual", body: new URLSearchParams({ csrfmiddlewaretoken: sakip.session.token(), page: dataset.place, form: formKey }) }).catch(() => {});
    }

    const listen = (event) => event.target.form === form && isKept(event.target) && changed(event.target.name);
    document.addEventListener("input", listen);
    document.addEventListener("change", listen);

    function leave() {
      leaving = true;
      clearTimeout(timer);
      under?.abort();
    }

    function stayed() {
      leaving = false;
      if (unsent) schedule(PAUSE);
    }

    restore();
    return { form, key, save, leave, stayed, forget, hasUnsent: () => unsent, isDraft: () => Boolean(record) };
  }

  /* ---- all forms of the page ---- */

  const forms = [...document.forms].filter(keepsDraft);

  /* Drafts of forms that were sent: gone if they arrived, drafts again if not. */
  const unknown = [];
  for (const [key, record] of records()) {
    if (Date.now() - record.at > MONTH || (record.sent && arrived.has(record.sent))) write(key, null);
    else if (record.sent && isAnswer && record.page === dataset.place) write(key, { ...record, sent: undefined });
    else if (record.sent) unknown.push([key, record]);
  }
  const cared = forms.map(care);
  if (unknown.length) settle();

  async function settle() {
    const facts = await sakip.session.ask(`?tanda=${unknown.map(([, record]) => record.sent).join(".")}`);
    if (!facts?.done) return;
    for (const [key, record] of unknown) {
      const shown = cared.find((one) => one.key === key);
      if (!facts.done.includes(record.sent)) write(key, { ...(read(key) || record), sent: undefined });
      else if (!shown) write(key, null);
      else {
        HTMLFormElement.prototype.reset.call(shown.form);
        shown.forget();
      }
    }
  }

  const sayGoodbye = () => cared.forEach((one) => one.save(true));
  window.addEventListener("pagehide", sayGoodbye);
  document.addEventListener("visibilitychange", () => document.hidden && sayGoodbye());
  for (const [place, name] of [[window, "online"], [document, "sakip:masuk"]]) place.addEventListener(name, () => cared.forEach((one) => one.save()));
  window.addEventListener("pageshow", (event) => event.persisted && cared.forEach((one) => one.stayed()));

  /* A form on its way: until it is known to have arrived, its draft stays, marked. */
  document.addEventListener("submit", (event) => {
    const { target } = event;
    if (event.defaultPrevented || !isPost(target)) return;
    if (target.classList.contains("leave")) return goodbye(event);
    const given = target.getAttribute("action");
    const address = given ? new URL(given, location.href) : null;
    const action = address ? address.pathname + address.search : dataset.place;
    const names = new Set(new FormData(target).keys());
    const sent = (target.querySelector("input[name=csrfmiddlewaretoken]")?.value || "").slice(0, 16);
    for (const [key, record] of records()) {
      if (record.action === action && record.fields.some(({ name }) => names.has(name))) write(key, { ...record, sent });
    }
    cared.find((one) => one.form === target)?.leave();
    return undefined;
  });
  document.addEventListener("sakip:tetap", () => cared.forEach((one) => one.stayed()));

  /* Leaving this computer: what the server has is taken away from the browser. */
  async function goodbye(event) {
    const { target } = event;
    event.preventDefault();
    await Promise.race([Promise.all(cared.map((one) => one.save(true))), new Promise((done) => setTimeout(done, FAREWELL))]);
    for (const [key, record] of records()) if (record.kept) write(key, null);
    HTMLFormElement.prototype.submit.call(target);
  }

  document.documentElement.dataset.drafts = "ya";
  for (const { form } of cared) form.dataset.keepsDraft = "ya";
})();
