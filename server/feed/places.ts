/** Pure: where lives stand among videos. */

/** At most one live in five items; the first item of a visit is a video where there is one. */
const APART = 5;

export interface Placed<Video, Live, Upcoming> {
  videos: Video[];
  /** The best first. */
  lives: Live[];
  /** At most one a page. */
  upcoming: Upcoming | null;
}

/** Videos keep their order: a live stands second and then every fifth, an upcoming one in the middle of the page. */
export function placeLives<Video, Live, Upcoming>(
  { videos, lives, upcoming }: Placed<Video, Live, Upcoming>,
  count: number,
): (Video | Live | Upcoming)[] {
  const placed: (Video | Live | Upcoming)[] = [];
  const waiting = [...videos];
  const rooms = [...lives];
  let announced = upcoming;
  while (placed.length < count) {
    const at = placed.length;
    const room = at % APART === 1 || waiting.length === 0 ? rooms.shift() : undefined;
    if (room !== undefined) placed.push(room);
    else if (announced !== null && (at === APART + 1 || waiting.length === 0)) {
      placed.push(announced);
      announced = null;
    } else {
      const next = waiting.shift();
      if (next === undefined) break;
      placed.push(next);
    }
  }
  return placed;
}
