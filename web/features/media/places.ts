/** PURE: where two pictures stand in one, and what of each is seen. */
import { HEIGHT, WIDTH } from './codecs.ts';

/** One above the other, or side by side. */
export type Look = 'stacked' | 'beside';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

const WHOLE: Rect = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

/** The host stands above or left. Alone, the host has all of it. */
export function placesOf(look: Look, two: boolean): { host: Rect; guest: Rect | null } {
  if (!two) return { host: WHOLE, guest: null };
  const half = look === 'stacked' ? { ...WHOLE, height: HEIGHT / 2 } : { ...WHOLE, width: WIDTH / 2 };
  return { host: half, guest: { ...half, ...(look === 'stacked' ? { y: HEIGHT / 2 } : { x: WIDTH / 2 }) } };
}

/** The middle of a picture, as much of it as fills a place without being bent. */
export function cropOf(picture: { width: number; height: number }, place: Rect): Rect {
  const scale = Math.max(place.width / picture.width, place.height / picture.height);
  const [width, height] = [place.width / scale, place.height / scale];
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}

/** As much room as a picture needs to be seen whole in a place: a screen that is shown loses no edge. */
export function wholeIn(picture: { width: number; height: number }, place: Rect): Rect {
  const scale = Math.min(place.width / picture.width, place.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: place.x + (place.width - width) / 2, y: place.y + (place.height - height) / 2, width, height };
}
