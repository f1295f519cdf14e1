/** The door of battles: two lives compare what they are given. */
import type { App } from '../kernel/http.ts';
import { mountBattleRoutes } from './api.ts';
import { tellScores } from './battles.ts';

export function mountBattles(app: App): void {
  const ctx = app.souk;
  mountBattleRoutes(app);
  for (const type of ['gift.sent', 'gift.returned', 'gift.reversed']) {
    ctx.relay.on(type, 'battles', (events) =>
      tellScores(
        ctx,
        events.flatMap(({ data }) => (data.room_id as string | null | undefined) ?? []),
      ),
    );
  }
}
