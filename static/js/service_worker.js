/* Keeps the offline page and the files that this page needs, and nothing that belongs to anybody: pages always come from the server.
 * The view that serves it (views/start/installing.py) writes SAKIP above it: the cache's name, another one for each version; the page; the files. */
"use strict";

const { name: NAME, page: PAGE, files: FILES } = SAKIP;

/* without cookies: what is kept is the same for everybody who uses this phone */
const keep = async () => {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit", cache: "reload" })));
};

const forget = async () => {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forget().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  else if (FILES.includes(pathname)) event.respondWith(fetch(request).catch(() => caches.match(pathname)));
});
