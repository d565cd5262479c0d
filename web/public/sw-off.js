// The end of the service worker: the server gives this instead of `sw.js` where TPC_SERVICE_WORKER is off. It throws away what was
// kept and unregisters itself; pages that are open go on, from then on straight from the server.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => caches.delete(name))))
      .then(() => self.registration.unregister()),
  );
});
