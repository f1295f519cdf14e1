/** POSTs without an Idempotency-Key, each with its reason. Everything else that creates needs one. */
export const KEYLESS: Record<string, string> = {
  '/api/people': 'sign-up returns a session, which is a secret',
  '/api/demo/doors/:door': 'signs in: returns a session, which is a secret',
};
