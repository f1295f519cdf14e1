/** Messages: requests, conversations of two and of groups. Events: `message.sent` {message_id}, of a conversation. */
import type { App } from '../kernel/http.ts';
import { onErasure } from '../people/index.ts';
import { mountMessagesApi } from './api.ts';
import { tellOfMessages } from './notices.ts';
import { erase } from './queries.ts';

export { judgeMessage } from './messages.ts';
export { findMessage, isIn, type Message } from './queries.ts';

export function mountMessages(app: App): void {
  const ctx = app.souk;
  onErasure(ctx, { forget: (tx, person_id) => erase(tx, person_id, ctx.clock.now()) });
  tellOfMessages(ctx);
  mountMessagesApi(app);
}
