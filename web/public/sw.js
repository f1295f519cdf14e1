/**
 * Shows notices while the app is closed (Web Push), and a page of the app's own where there is no network. That page is
 * all it keeps: no answer of the server, which may be private, is ever stored.
 */
const OFFLINE = '/offline.html';
const SHELF = 'souk-offline-1';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.add(new Request(OFFLINE, { cache: 'reload' }))));
});

self.addEventListener('activate', (event) => {
  const others = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== SHELF).map((name) => caches.delete(name)));
  };
  event.waitUntil(others());
});

/** Only the opening of a page, and only when the network fails; everything else goes its way untouched. */
self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(fetch(event.request).catch(async () => (await caches.match(OFFLINE)) ?? Response.error()));
});

self.addEventListener('push', (event) => {
  let message = {};
  try {
    message = event.data?.json() ?? {};
  } catch {
    // Every push has to show something: browsers take the permission away otherwise.
  }
  const { title = 'Souk', body = '', url = '/notices', tag = 'souk' } = message;
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      data: { url },
      icon: '/icon-192.png',
      badge: '/icon-192.png',
    }),
  );
});

/** Only a path of this very app is gone to, whatever the message says. */
function addressOf(url) {
  const address = new URL(url ?? '/notices', self.location.origin);
  return address.origin === self.location.origin ? address.href : new URL('/notices', self.location.origin).href;
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const address = addressOf(event.notification.data?.url);
  const open = async () => {
    const [window] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (!window) return self.clients.openWindow(address);
    await window.focus();
    return window.navigate(address).catch(() => self.clients.openWindow(address));
  };
  event.waitUntil(open());
});

/** The push service gave this browser another address: the server is told, as long as the session lasts. */
self.addEventListener('pushsubscriptionchange', (event) => {
  const renew = async () => {
    const key = event.oldSubscription?.options.applicationServerKey;
    const wanted = { userVisibleOnly: true, applicationServerKey: key };
    const subscription = event.newSubscription ?? (key && (await self.registration.pushManager.subscribe(wanted)));
    if (!subscription) return;
    const { endpoint, keys } = subscription.toJSON();
    await fetch('/api/notices/push', {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpoint, keys }),
    });
  };
  event.waitUntil(renew());
});
