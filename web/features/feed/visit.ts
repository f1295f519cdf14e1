/**
 * The token of a visit: what was served and what was watched belong together by it. It is kept in the memory of the
 * page alone, and nothing on the device: who has not said yes is known for as long as the page is open.
 */
let token: string | undefined;
let seq = 0;

export const visitToken = (): string | undefined => token;

/** @param next undefined: it is over, and the next request begins another */
export function keepVisit(next: string | undefined): void {
  token = next;
}

/** Rises within a visit: a report that is sent twice counts once. */
export function nextSeq(): number {
  seq += 1;
  return seq;
}
