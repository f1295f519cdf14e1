import * as z from 'zod';
import { inTx } from '../kernel/db.ts';
import type { App } from '../kernel/http.ts';
import { wireId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { beginSession, cardOf, findPeople, personCard, setCookie } from '../people/index.ts';
import { DOORS } from './cast.ts';
import type { Troupe } from './opening.ts';
import './refusals.ts';

/** What the page of the demo needs to know of it. */
export interface Show {
  troupe: Troupe | null;
  /** People live here who are no cast: there is no demo. */
  cancelled: boolean;
  /** On the wire's form. */
  room_id: string | null;
}

const door = z.enum(DOORS);

const demoShape = z.object({
  /** False while the cast is still being made; ask again in a second. */
  open: z.boolean(),
  /** The live that always runs. */
  room_id: z.string().nullable(),
  doors: z.array(z.object({ door, person: personCard })),
});

export function mountDemoApi(app: App, show: Show): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/demo',
      who: 'anyone',
      summary: 'The demo: its doors, who waits behind them, and the live that runs',
      response: { 200: demoShape },
      refusals: ['demo_closed'],
    },
    async () => {
      if (show.cancelled) throw new Refusal('demo_closed');
      const { troupe, room_id } = show;
      if (!troupe) return { open: false, room_id: null, doors: [] };
      const people = await findPeople(
        ctx.db.pool,
        DOORS.flatMap((name) => troupe.get(name)?.person_id ?? []),
      );
      const byId = new Map(people.map((person) => [person.person_id, person]));
      const doors = DOORS.flatMap((name) => {
        const person = byId.get(troupe.get(name)?.person_id ?? '');
        return person ? [{ door: name, person: cardOf(person) }] : [];
      });
      return { open: true, room_id, doors };
    },
  );
  route(
    app,
    {
      method: 'POST',
      url: '/demo/doors/:door',
      who: 'anyone',
      key: 'none',
      summary: 'Sign in as the one who waits behind this door of the demo',
      params: z.object({ door }),
      response: { 200: z.object({ person_id: wireId('person') }) },
      refusals: ['demo_closed'],
    },
    async ({ params, reply }) => {
      const person_id = show.troupe?.get(params.door)?.person_id;
      if (!person_id) throw new Refusal('demo_closed');
      const token = await inTx(ctx.db, (tx) => beginSession(ctx, tx, person_id));
      reply.header('set-cookie', setCookie(ctx.config, token));
      return { person_id };
    },
  );
}
