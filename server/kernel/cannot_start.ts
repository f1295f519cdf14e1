/**
 * Why Souk does not start, in one sentence that tells an operator what to do. `main.ts` prints the message alone
 * and exits with 1; every other error at start is a bug and keeps its stack.
 */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
