/** PURE: what the host sends. Down to what the measured uplink carries, up again when it carried more for a while. */

export interface Step {
  /** Bits a second of the picture. */
  bits_per_s: number;
  frame_rate: number;
  /** Beside it a smaller picture, for viewers whose connection does not carry the large one. */
  low: boolean;
  /** The sound goes on; of the picture there is a still. */
  still: boolean;
}

export const LIVE_SOUND_BITRATE = 64_000;
export const LOW_BITRATE = 350_000;
const STILL_BITRATE = 40_000;

const moving = (bits_per_s: number, frame_rate = 30, low = false): Step => ({
  ...{ bits_per_s, frame_rate, low },
  still: false,
});

/** From a good uplink to a very poor one. */
export const STEPS: readonly [Step, ...Step[]] = [
  moving(2_500_000, 30, true),
  moving(1_500_000, 30, true),
  moving(900_000),
  moving(500_000),
  moving(250_000),
  moving(150_000, 15),
  { ...moving(STILL_BITRATE, 2), still: true },
];

/** Bits a second that a step takes on the uplink: each picture goes with sound of its own. */
export const needOf = ({ bits_per_s, low }: Step): number =>
  bits_per_s + LIVE_SOUND_BITRATE + (low ? LOW_BITRATE + LIVE_SOUND_BITRATE : 0);

/** What was seen of the uplink. */
export interface Seen {
  /** Seconds of media that wait to be sent, with the one under way. */
  backlog_s: number;
  /** Bits a second that went through while something was under way; null where too little was sent to tell. */
  carries: number | null;
}

/** A step up is tried after so long without a queue… */
export const CALM_MS = 15_000;
/** …and after twice as long each time that it failed. */
export const MOST_CALM_MS = 960_000;
/** Seconds of media that may wait on a connection that keeps up: the one under way, and one that is just done. */
const QUEUE_S = 2;
/** Encoders swing around what they were asked for, and others share the line: what may be asked of it. */
const BEARS = 0.85;
/** Going up needs more certainty than staying: every try costs viewers a hiccup. */
const SPARE = 0.7;

/** Of a line that carries so much, the best step that fits; the last one where none does. */
export function fitting(carries: number, share = BEARS, steps: readonly Step[] = STEPS): number {
  const fits = steps.findIndex((step) => needOf(step) <= carries * share);
  return fits < 0 ? steps.length - 1 : fits;
}

/** A line that carries what is sent, and yet let it wait, was gone for a moment: it is not a slow one. */
export const bears = (carries: number | null, step: Step): boolean => carries !== null && carries >= needOf(step);

export class Ladder {
  #at = 0;
  #calm_since: number;
  #calm_ms = CALM_MS;
  #climbed = false;

  /** @param now in milliseconds, as in all that follows */
  constructor(now: number) {
    this.#calm_since = now;
  }

  get step(): Step {
    return STEPS[this.#at] as Step;
  }

  /** Whether the picture has less than it might. */
  get lowered(): boolean {
    return this.#at > 0;
  }

  /** The uplink did not keep up: at least a step down, and as far as what it carries demands. */
  fall(now: number, carries: number | null): void {
    const fits = carries === null ? 0 : fitting(carries);
    this.#at = Math.min(Math.max(this.#at + 1, fits), STEPS.length - 1);
    this.#calm_since = now;
    // What was tried and failed is not tried again soon.
    if (this.#climbed) this.#calm_ms = Math.min(MOST_CALM_MS, this.#calm_ms * 2);
    this.#climbed = false;
  }

  /**
   * Call now and then.
   * @returns whether the step changed. `down`: what waits is old news. `up`: what waits still goes
   */
  watch(now: number, { backlog_s, carries }: Seen): 'down' | 'up' | null {
    if (backlog_s > QUEUE_S) {
      this.#calm_since = now;
      if (carries === null || bears(carries, this.step) || this.#at === STEPS.length - 1) return null;
      this.fall(now, carries);
      return 'down';
    }
    if (!this.lowered || now - this.#calm_since < this.#calm_ms) return null;
    const best = carries === null ? this.#at - 1 : fitting(carries, SPARE);
    if (best >= this.#at) return null;
    this.#at = best;
    this.#calm_since = now;
    this.#climbed = true;
    return 'up';
  }
}
