/** Pure: what is popular now, as one number that keeps its order while time goes on. */

const HOUR_MS = 3_600_000;
/** People who stayed count half after twelve hours. */
export const HALF_LIFE_MS = 12 * HOUR_MS;
/** Hours further back than this count nothing. */
export const TREND_HOURS = 96;

export interface HourOf {
  hour_at: Date;
  held: number;
}

/** Of people who stayed, hour by hour: Σ held · 2^(−age / 12 h). */
export const trendAt = (hours: HourOf[], now: Date): number =>
  hours.reduce((sum, { hour_at, held }) => {
    const age_ms = Math.max(0, now.getTime() - hour_at.getTime());
    return age_ms > TREND_HOURS * HOUR_MS ? sum : sum + held * 2 ** (-age_ms / HALF_LIFE_MS);
  }, 0);

const halfLives = (at: Date): number => at.getTime() / HALF_LIFE_MS;

/** As it is stored: a thousand times log2 of it, with the time added in half-lives. */
export const rankOf = (trend: number, now: Date): bigint =>
  BigInt(Math.round(1_000 * (Math.log2(Math.max(trend, 1e-6)) + halfLives(now))));

/** What is left of it now. */
export const trendOf = (trend_rank: bigint | null, now: Date): number =>
  trend_rank === null ? 0 : 2 ** (Number(trend_rank) / 1_000 - halfLives(now));
