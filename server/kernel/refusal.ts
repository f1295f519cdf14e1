/** Refusals: what the house says no to, as typed codes. The kernel alone turns them into problem documents. */

export interface FieldError {
  /** Where in the request, `body.price.amount`. */
  path: string;
  message: string;
}

export interface RefusalDetails {
  /** What happened and what to do, for a person. Never a secret, never another's data. */
  detail?: string;
  errors?: FieldError[];
  /** Members of the problem document beyond the standard ones, already in wire form. */
  extra?: Record<string, unknown>;
  /** Whether money moved although the request was refused. */
  money_moved?: boolean;
  retry_after_s?: number;
}

const registry = new Map<string, { status: number; title: string }>();

/**
 * Declares the refusals of a room. Codes are snake_case and unique in the house.
 * @returns the same table, so that routes can name its codes
 */
export function defineRefusals<T extends Record<string, readonly [status: number, title: string]>>(table: T): T {
  for (const [code, [status, title]] of Object.entries(table)) {
    if (registry.has(code)) throw new Error(`refusal ${code} is declared twice`);
    registry.set(code, { status, title });
  }
  return table;
}

/** A request that the house understands and does not fulfil. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly details: RefusalDetails;

  constructor(code: string, details: RefusalDetails = {}) {
    super(details.detail ?? code);
    const known = registry.get(code);
    if (!known) throw new Error(`refusal ${code} is not declared`);
    this.code = code;
    this.status = known.status;
    this.title = known.title;
    this.details = details;
  }
}

/** Refusals that any route may answer with. */
export const kernelRefusals = defineRefusals({
  invalid_request: [400, 'The request does not have the expected shape'],
  cursor_invalid: [400, 'This page address is not valid'],
  key_required: [400, 'An Idempotency-Key is needed'],
  sign_in_required: [401, 'Sign in first'],
  forbidden: [403, 'You may not do this'],
  origin_refused: [403, 'This request came from another site'],
  suspended: [403, 'This account is suspended'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'This address does not take that method'],
  too_large: [413, 'Too large'],
  media_type_refused: [415, 'This media type is not accepted'],
  key_reused: [422, 'This Idempotency-Key was used for another request'],
  too_many_requests: [429, 'Too many requests'],
  internal_error: [500, 'Something went wrong on our side'],
  overloaded: [503, 'Too busy, try again in a moment'],
  unavailable: [503, 'A part of the house is not available'],
  storage_full: [507, 'This house has no space left; nothing was kept'],
});

/** The wire form of a refusal (RFC 9457), for HTTP and for sockets. */
export function problemOf(refusal: Refusal, instance?: string): Record<string, unknown> {
  const { detail, errors, extra, money_moved } = refusal.details;
  return {
    type: `urn:souk:problem:${refusal.code}`,
    code: refusal.code,
    title: refusal.title,
    status: refusal.status,
    ...(detail !== undefined && { detail }),
    ...(instance !== undefined && { instance }),
    ...(errors !== undefined && { errors }),
    money_moved: money_moved ?? false,
    ...extra,
  };
}
