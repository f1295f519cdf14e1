import type { Me } from '../session.tsx';
import type { IconName } from '../ui/index.ts';

export interface Place {
  to: string;
  icon: IconName;
  /** A text id. */
  name: string;
  /** Further paths on which this place is the present one. */
  also?: string[];
}

export const FEED: Place = { to: '/', icon: 'home', name: 'shell.feed', also: ['/following', '/videos', '/sounds'] };
export const LIVE: Place = { to: '/live', icon: 'live', name: 'shell.live', also: ['/schedules'] };
export const SHOP: Place = { to: '/shop', icon: 'bag', name: 'shell.shop', also: ['/products', '/shops'] };
export const WALLET: Place = { to: '/wallet', icon: 'wallet', name: 'shell.wallet' };
export const ORDERS: Place = { to: '/orders', icon: 'box', name: 'shell.orders' };
export const STUDIO: Place = { to: '/studio', icon: 'chart', name: 'shell.studio' };
export const GO_LIVE: Place = { to: '/studio/live', icon: 'camera', name: 'shell.go_live' };
/** What one can make here. */
export const CREATE: Place[] = [
  { to: '/studio/record', icon: 'play', name: 'shell.film' },
  { to: '/studio/upload', icon: 'upload', name: 'shell.upload' },
  GO_LIVE,
];
export const SELLER: Place = { to: '/seller', icon: 'store', name: 'shell.seller' };
export const OPERATE: Place = { to: '/operate', icon: 'shield', name: 'shell.operate' };
export const DEMO: Place = { to: '/demo', icon: 'play', name: 'shell.demo' };

export function profilePlace(me: Me | null): Place {
  return { to: me ? `/@${me.handle}` : '/me', icon: 'user', name: 'shell.me', also: ['/settings'] };
}

const STAFF = ['operator', 'moderator', 'finance'];

export function isStaff(me: Me | null): boolean {
  return me?.roles.some((role) => STAFF.includes(role)) ?? false;
}

export function isHere(place: Place, path: string): boolean {
  if (path === place.to) return true;
  const starts = place.to === '/' ? [] : [place.to];
  return [...starts, ...(place.also ?? [])].some((start) => path.startsWith(`${start}/`) || path === start);
}
