/** POSTs without an Idempotency-Key, each with its reason. Everything else that creates needs one. */
export const KEYLESS: Record<string, string> = {
  '/api/people': 'sign-up returns a session, which is a secret',
  '/api/auth/sign-in': 'returns a session, which is a secret',
  '/api/auth/sign-out': 'ending a session twice is ending it',
  '/api/auth/verify-email': 'the token is the key; again is no error',
  '/api/auth/verification-mail': 'a mail, limited per account',
  '/api/auth/reset-mail': 'a mail, limited per account',
  '/api/auth/reset-password': 'the token is the key and works once',
  '/api/auth/change-password': 'returns a session, which is a secret',
  '/api/reports': 'one reporter has one report of an open case: the second gets the receipt of the first',
  '/api/media/streams/:stream_id/key': 'returns a secret',
  '/api/rooms': 'returns the stream key, which is a secret; a second open room is refused',
  '/api/schedules/:schedule_id/start': 'returns the stream key, which is a secret; a second open room is refused',
  '/api/rooms/:room_id/stream-key': 'returns a secret',
  '/api/rooms/:room_id/end': 'ending twice is ending once',
  '/api/demo/doors/:door': 'signs in: returns a session, which is a secret',
  '/api/orders/quote': 'reckons a total and changes nothing',
};
