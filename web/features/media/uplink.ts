/** PURE: what a connection carries, from what was sent over it. */

/** Of the last ones only: a phone on the move changes its line every few seconds. */
const KEPT = 6;
/** Less than this says more of the way there and back than of the line. */
const TELLING_BYTES = 8_000;
/** What has been under way for so long says how little the line carries at most. */
const LONG_MS = 2_000;

export class Meter {
  readonly #sent: { bits: number; ms: number }[] = [];

  sent(bytes: number, ms: number): void {
    if (bytes < TELLING_BYTES) return;
    this.#sent.push({ bits: bytes * 8, ms: Math.max(1, ms) });
    if (this.#sent.length > KEPT) this.#sent.shift();
  }

  /**
   * Bits a second.
   * @param under_way what is being sent now, and for how long: counts where nothing got through yet
   */
  carries(under_way: { bytes: number; ms: number } | null): number | null {
    const [bits, ms] = [this.#sum('bits'), this.#sum('ms')];
    if (ms > 0) return (bits * 1_000) / ms;
    return under_way && under_way.ms > LONG_MS ? (under_way.bytes * 8_000) / under_way.ms : null;
  }

  #sum(of: 'bits' | 'ms'): number {
    return this.#sent.reduce((sum, one) => sum + one[of], 0);
  }
}
