/** What an error of the database, or of the disk, means for the work that met it. */
import { Refusal } from './refusal.ts';

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';

/** Serialization failure, deadlock, lock timeout, cancelled statement: the same work may succeed when run again. */
const AGAIN = new Set(['40001', '40P01', '55P03', '57014']);
export const mayRunAgain = (error: unknown): boolean => AGAIN.has(codeOf(error));

/** PostgreSQL went away (class 08, 57P01–57P03) or the socket did. After a COMMIT the outcome is unknown. */
const LOST = /^(08...|57P0[123]|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOENT)$/;
const LOST_TEXT = /connection terminated|connection timeout|connection error|timeout exceeded when trying to connect/i;
export const isLost = (error: unknown): boolean =>
  LOST.test(codeOf(error)) || (codeOf(error) === '' && error instanceof Error && LOST_TEXT.test(error.message));

const SQLSTATE = /^[0-9A-Z]{5}$/;
/** One item's fault: its data (classes 22 and 23), or a bug that it met. Only this is worth a bisection. */
export function isItsOwnFault(error: unknown): boolean {
  const code = codeOf(error);
  return SQLSTATE.test(code) ? /^2[23]/.test(code) : !isLost(error);
}

/**
 * Another node has just committed the row that this transaction meant to insert: turns that unique violation into a
 * serialization failure, so that whoever runs the transaction runs it again and reads the row.
 */
export function againOn(constraint: string, error: unknown): unknown {
  const { code, constraint: hurt } = (error ?? {}) as { code?: string; constraint?: string };
  if (code !== '23505' || hurt !== constraint) return error;
  return Object.assign(new Error(`${constraint}: another node was first`, { cause: error }), { code: '40001' });
}

/** Too many connections or too little memory: others are first. */
const CROWDED = new Set(['53300', '53200']);
/** The disk is full, PostgreSQL's or ours (FAULTS G3). */
const FULL = new Set(['53100', 'ENOSPC', 'EDQUOT']);

/** What the caller hears of it: try again, or no room left. Null where it is no fault of the machine but a bug. */
export function refusalOfMachine(error: unknown): Refusal | null {
  const code = codeOf(error);
  if (FULL.has(code)) return new Refusal('storage_full');
  const again = mayRunAgain(error) || isLost(error) || CROWDED.has(code);
  return again ? new Refusal('overloaded', { retry_after_s: 1 }) : null;
}
