/* What every page has: the number on the icon of an installed application, the service worker, the box of keys ("?"), and the box to jump (Ctrl K). */
(() => {
  "use strict";

  const { worker } = document.currentScript.dataset;
  navigator.serviceWorker?.register(worker).catch(() => {}); /* without it everything works but the page for a cut line */

  /* The icon of an installed application shows what the bar shows; after logging out there is no bar, and nothing on the icon. */
  const count = Number.parseInt(document.querySelector(".nav-main .count")?.textContent, 10) || 0;
  const dot = document.querySelector(".nav-main .dot");
  if (count) navigator.setAppBadge?.(count).catch(() => {});
  else if (dot) navigator.setAppBadge?.().catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});

  const keys = document.getElementById("tombol");
  const jump = document.getElementById("lompat");
  if (!keys?.showModal || !jump) return;

  /* A click beside a box closes it; Escape does by itself, and the browser gives the focus back. */
  for (const box of [keys, jump]) box.addEventListener("click", ({ target }) => target === box && box.close());
  const open = (box) => document.querySelector("dialog[open]") || box.showModal();

  const form = jump.querySelector("form");
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const said = form.querySelector("[role=status]");
  const asked = said.textContent;
  const places = [...document.querySelectorAll(".nav-main a, .menu a")].map((link) => ({ title: link.textContent.trim().replace(/\s+/g, " "), url: link.href, kind: "Halaman" }));
  let chosen = -1;
  let turn = 0;

  function choose(place) {
    const lines = [...list.children];
    chosen = lines.length ? (place + lines.length) % lines.length : -1;
    lines.forEach((line, number) => line.setAttribute("aria-selected", String(number === chosen)));
    if (lines[chosen]) {
      input.setAttribute("aria-activedescendant", lines[chosen].id);
      lines[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function draw(found) {
    list.replaceChildren(
      ...found.map(({ title, url, kind }, number) => {
        const line = document.createElement("li");
        const small = document.createElement("small");
        line.id = `lompat-${number}`;
        line.setAttribute("role", "option");
        line.dataset.url = url;
        small.textContent = kind;
        line.append(title, small);
        return line;
      }),
    );
    input.setAttribute("aria-expanded", String(found.length > 0));
    choose(found.length ? 0 : -1);
  }

  async function look() {
    const mine = (turn += 1);
    const query = input.value.trim();
    const near = query ? places.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())) : [];
    draw(near);
    said.textContent = query.length < 2 ? asked : "Mencari …";
    if (query.length < 2) return;
    await new Promise((done) => setTimeout(done, 250));
    if (mine !== turn) return;
    const answer = await fetch(`${form.dataset.found}?${new URLSearchParams({ q: query })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const told = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null;
    if (mine !== turn) return;
    if (told) draw([...near, ...told.found]);
    said.textContent = told ? `${list.children.length} hasil. Enter membuka yang dipilih.` : "Belum dapat mencari; Enter membuka halaman Cari.";
  }

  function go(line) {
    if (line) location.assign(line.dataset.url);
  }

  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(chosen + step);
    else if (event.key === "Enter" && list.children[chosen]) go(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", ({ target }) => go(target.closest("li")));

  function openJump(event) {
    event.preventDefault();
    open(jump);
    input.select();
  }

  const typing = ({ target }) => target.closest?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") openJump(event);
    else if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event)) open(keys);
  });
  for (const link of document.querySelectorAll(".to-search")) link.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || openJump(event));
  document.querySelector("[data-keys]")?.addEventListener("click", (event) => {
    event.preventDefault();
    open(keys);
  });
})();
