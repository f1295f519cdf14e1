/** A port: what can be reported. Rooms that hold such things say how to find them and how to stop them. */
import * as z from 'zod';
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { fromWire, toWire } from '../kernel/ids.ts';
import { findPeople } from '../people/index.ts';
import { endRoom, findOpenRoom, findRoom } from '../rooms/index.ts';

export const SUBJECT_KINDS = ['room', 'person'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface Subject {
  /** What a moderator reads: a room's title, a person's name. */
  title: string;
  /** Who is responsible for it. */
  owner_id: string;
  /** Where it is seen in the web app. */
  path: string;
}

export interface Stop {
  reason: string;
  /** The moderator. */
  by: string;
}

export interface SubjectSource {
  find(id: string): Promise<Subject | null>;
  /** Stops it, for everybody, within a second. Called at least once: stopping twice is stopping. */
  end?(id: string, stop: Stop): Promise<void>;
  /** What of a person's is running now and must stop when the person is suspended. */
  runningOf?(person_id: string): Promise<string[]>;
}

const sources = new WeakMap<Context, Partial<Record<SubjectKind, SubjectSource>>>();

export function defineSubject(ctx: Context, kind: SubjectKind, source: SubjectSource): void {
  sources.set(ctx, { ...sources.get(ctx), [kind]: source });
}

export const sourceOf = (ctx: Context, kind: SubjectKind): SubjectSource | undefined => sources.get(ctx)?.[kind];

/** A live is ended for everybody at once; gifts of a room ended by moderation go back to their senders. */
export function defineRooms(ctx: Context): void {
  defineSubject(ctx, 'room', {
    async find(id) {
      const room = await findRoom(ctx.db.pool, id);
      return room && { title: room.title, owner_id: room.host_id, path: `/live/${toWire('room', id)}` };
    },
    end: async (id, { by }) => {
      await inTx(ctx.db, (tx) => endRoom(ctx, tx, id, { reason: 'moderation', by }));
    },
    runningOf: async (person_id) => {
      const room = await findOpenRoom(ctx.db.pool, person_id);
      return room ? [room.room_id] : [];
    },
  });
}

/** People can always be reported. */
export function definePeople(ctx: Context): void {
  defineSubject(ctx, 'person', {
    async find(id) {
      const [person] = await findPeople(ctx.db.pool, [id]);
      return person ? { title: person.name, owner_id: id, path: `/@${person.handle}` } : null;
    },
  });
}

/** `room_01…` or `person_01…` on the wire. */
export const subjectId = z.codec(
  z.string().regex(/^(room|person)_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'must be an id like room_… or person_…'),
  z.object({ kind: z.enum(SUBJECT_KINDS), id: z.string() }),
  {
    decode: (text) => {
      const kind = text.slice(0, text.indexOf('_')) as SubjectKind;
      return { kind, id: fromWire(kind, text) };
    },
    encode: ({ kind, id }) => toWire(kind, id),
  },
);
export type SubjectRef = z.output<typeof subjectId>;
