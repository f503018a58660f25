/* The session under the page: a warning before it ends, and the way on after it ended, in another tab, without losing what is typed here. */
sakip.session = (() => {
  "use strict";

  const { dataset } = document.body;
  const WARN = 5 * 60, ASK_AGAIN = 5000, ON_TIME = 1000; // seconds, then milliseconds
  let end = dataset.left ? Date.now() + dataset.left * 1000 : 0, isOver = false, asking = false, isLast = false, clock = "", timer = 0;

  function banner() {
    const found = document.getElementById("sesi");
    if (found) return found;
    const made = Object.assign(document.createElement("div"), { id: "sesi", className: "notice warning session-notice" });
    made.setAttribute("role", "alert");
    document.body.append(made);
    return made;
  }

  function say(text, ...more) {
    const words = Object.assign(document.createElement("p"), { textContent: text });
    banner().replaceChildren(words, ...more);
  }

  function quiet() {
    document.getElementById("sesi")?.remove();
  }

  function link() {
    const made = Object.assign(document.createElement("a"), { className: "btn btn-sm", target: "_blank", textContent: "Masuk lagi di tab baru" });
    made.href = dataset.login;
    return made;
  }

  function stay() {
    const made = Object.assign(document.createElement("button"), { className: "btn btn-sm", type: "button", textContent: "Tetap masuk" });
    made.addEventListener("click", async () => {
      const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
      try {
        const response = await fetch(dataset.stay, { method: "POST", body, headers: { Accept: "application/json" } });
        if (response.redirected || !response.ok) lost();
        else told(await response.json());
      } catch {
        say("Sambungan terputus. Ketikan Anda aman; coba lagi begitu tersambung.", made);
      }
    });
    return made;
  }

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  /* The server's word on the session: its owner, its end, and a token for every form of this page. */
  function told(facts) {
    if (!facts.person) return over();
    if (String(facts.person) !== dataset.person) return strange();
    if (facts.left !== null) end = Date.now() + facts.left * 1000;
    isLast = facts.is_last;
    clock = facts.ends;
    if (isOver) back(facts.token);
    else if (!isNear()) quiet();
    watch();
    return undefined;
  }

  function back(fresh) {
    isOver = false;
    for (const one of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = fresh;
    say("Anda sudah masuk lagi. Silakan lanjutkan.");
    setTimeout(quiet, 6000);
    document.dispatchEvent(new Event("sakip:masuk"));
  }

  function over() {
    isOver = true;
    say("Sesi Anda berakhir. Ketikan Anda aman di peramban ini; masuk lagi, lalu lanjutkan di halaman ini.", link());
    watch();
  }

  function strange() {
    isOver = true;
    say("Peramban ini sekarang dipakai dengan akun lain. Ketikan Anda tetap disimpan untuk akun Anda; masuk lagi dengan akun Anda untuk melanjutkan.", link());
    watch();
  }

  const isNear = () => end && end - Date.now() < WARN * 1000;

  async function ask(query = "") {
    if (asking) return null;
    asking = true;
    try {
      const response = await fetch(dataset.session + query, { headers: { Accept: "application/json" } });
      if (!response.ok) return null;
      const facts = await response.json();
      told(facts);
      return facts;
    } catch {
      return null; // no line: nothing is known
    } finally {
      asking = false;
    }
  }

  /* Something was refused because of the session or an old token: ask, and go on by itself where somebody logged in again meanwhile. */
  function lost() {
    isOver = true;
    ask();
  }

  /* Before the end the server is asked: work in another tab may have put it off. */
  async function near() {
    await ask();
    if (isOver || !isNear()) return;
    if (isLast) say(`Sesi berakhir pukul ${clock} dan tidak dapat diperpanjang. Simpan pekerjaan Anda, lalu masuk lagi.`, link());
    else say(`Sesi Anda berakhir pukul ${clock}.`, stay());
    timer = setTimeout(ask, Math.max(end - Date.now(), 0) + ON_TIME);
  }

  function watch() {
    clearTimeout(timer);
    if (isOver) timer = setTimeout(() => (document.hidden ? watch() : ask()), ASK_AGAIN);
    else if (end) timer = setTimeout(near, Math.max(end - Date.now() - WARN * 1000, ON_TIME));
  }

  for (const [place, name] of [[window, "focus"], [document, "visibilitychange"]]) {
    place.addEventListener(name, () => !document.hidden && (isOver || isNear()) && ask());
  }
  watch();

  return { lost, told, ask, token, isOver: () => isOver };
})();
