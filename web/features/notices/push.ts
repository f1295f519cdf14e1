/** Web Push in this browser: asked for after a tap, ended at any time. The worker shows notices and nothing else. */
import { api } from '../../api.ts';

export type Standing = 'unsupported' | 'denied' | 'off' | 'on';

const WORKER = '/sw.js';

const supported = (): boolean =>
  isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const subscriptionHere = async (): Promise<PushSubscription | null> =>
  (await (await navigator.serviceWorker.getRegistration('/'))?.pushManager.getSubscription()) ?? null;

/** @param known whether the server sends to this session */
export async function standing(known: boolean): Promise<Standing> {
  if (!supported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return known && Notification.permission === 'granted' && (await subscriptionHere()) ? 'on' : 'off';
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The browser asks the person, we the push service; then the server is told. @returns false when they said no */
export async function turnOn(public_key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const { pushManager } = await navigator.serviceWorker.register(WORKER);
  await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(public_key) };
  // A subscription that another key was given for cannot be used any more.
  const subscription = await pushManager.subscribe(wanted).catch(async () => {
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(wanted);
  });
  const { endpoint, keys } = subscription.toJSON();
  const { error } = await api.PUT('/api/notices/push', {
    body: { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } },
  });
  if (error) throw error;
  return true;
}

/** @param subscription_ids what the server knows of this session */
export async function turnOff(subscription_ids: string[]): Promise<void> {
  for (const subscription_id of subscription_ids) {
    const { error } = await api.DELETE('/api/notices/push/{subscription_id}', {
      params: { path: { subscription_id } },
    });
    if (error) throw error;
  }
  await (await subscriptionHere())?.unsubscribe();
}
