/** PURE: how many bits the picture gets. Down when the uplink does not keep up, up again when it did for long. */

/** A step up is tried after so long without a queue… */
export const CALM_MS = 60_000;
/** …and after twice as long each time that it failed. */
export const MOST_CALM_MS = 960_000;
/** Seconds of media that may wait on a connection that keeps up: the segment under way. */
const QUEUE_S = 1;

export class Ladder {
  readonly #steps: readonly number[];
  #at = 0;
  #calm_since: number;
  #calm_ms = CALM_MS;
  #climbed = false;

  /** @param steps bits a second, the most first; @param now in milliseconds, as in all that follows */
  constructor(steps: readonly number[], now: number) {
    this.#steps = steps;
    this.#calm_since = now;
  }

  get bits_per_s(): number {
    return this.#steps[this.#at] as number;
  }

  /** Whether the picture has fewer bits than it might. */
  get lowered(): boolean {
    return this.#at > 0;
  }

  /** The uplink did not keep up. */
  fall(now: number): void {
    this.#at = Math.min(this.#at + 1, this.#steps.length - 1);
    this.#calm_since = now;
    // What was tried and failed is not tried again soon: every try costs viewers a hiccup.
    if (this.#climbed) this.#calm_ms = Math.min(MOST_CALM_MS, this.#calm_ms * 2);
    this.#climbed = false;
  }

  /** Call now and then. @returns whether it went a step up: the encoder has to be started anew */
  watch(now: number, backlog_s: number): boolean {
    if (backlog_s > QUEUE_S) this.#calm_since = now;
    if (!this.lowered || now - this.#calm_since < this.#calm_ms) return false;
    this.#at -= 1;
    this.#calm_since = now;
    this.#climbed = true;
    return true;
  }
}
