/** Latest values that a live room tells, part of the protocol of live.ts. Types only. */

/** Latest values, never deltas; a field that is absent has not changed. */
export interface Counters {
  viewers?: number;
  likes?: number;
  /** Units left to buy, by product id, for products this room has pinned. */
  stock?: Record<string, number>;
  /** The host's open goals that this room shows. */
  goals?: GoalState[];
  /** What the room does together; null: nothing runs. */
  momentum?: MomentumState | null;
  /** The battle the room is in; null: none. */
  battle?: BattleState | null;
  /** The host is away for a moment; null: they are there. */
  away?: Away | null;
}

/** A live whose host does not come back ends. */
export interface Away {
  since: string;
  ends_at: string;
}

/** A goal of a creator. Amounts are digits: coins, or minor units of `currency`. */
export interface GoalState {
  goal_id: string;
  /** Null: it stands on the profile. */
  room_id: string | null;
  title: string;
  unit: 'coins' | 'money';
  currency: string | null;
  target: string;
  /** Falls when gifts are taken back. */
  progress: string;
  /** Once reached it stays so. */
  reached: boolean;
}

/** Several people gave within a short time (docs/gifts.md). */
export interface MomentumState {
  level: number;
  supporters: number;
  /** Over by then, unless somebody new joins. */
  until: string;
}

/** Two lives compare what they are given (docs/battles.md). */
export interface BattleState {
  battle_id: string;
  phase: 'asked' | 'coming' | 'running' | 'closing' | 'over' | 'off';
  /** Who asked stands first. Coins are digits, and fall when gifts are taken back. */
  sides: { room_id: string; host: { name: string; handle: string; avatar_url: string | null }; coins: string }[];
  lasts_s: number;
  starts_at: string | null;
  ends_at: string | null;
  /** The server's clock when this was said: countdowns run on it. */
  told_at: string;
}
