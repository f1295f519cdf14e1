/** A port: what can be reported. Rooms that hold such things say how to find them and how to stop them. */
import * as z from 'zod';
import { findProduct, holdProduct, releaseProduct } from '../catalog/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTx } from '../kernel/db.ts';
import { fromWire, toWire } from '../kernel/ids.ts';
import { findMessage, isIn, judgeMessage } from '../messages/index.ts';
import { findPeople } from '../people/index.ts';
import { endRoom, findLine, findOpenRoom, findRoom, removeLine, restoreLine } from '../rooms/index.ts';
import { findComment, findVideo, hideVideo, judgeComment } from '../videos/index.ts';

export const SUBJECT_KINDS = ['room', 'person', 'line', 'product', 'video', 'comment', 'message'] as const;
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
  /** @param reporter_id who says that they saw it; null signed out, absent where staff asks */
  find(id: string, reporter_id?: string | null): Promise<Subject | null>;
  /** Stops it, for everybody, within a second. Called at least once: stopping twice is stopping. */
  end?(id: string, stop: Stop): Promise<void>;
  /** Puts back what was stopped wrongly, where that can be. Called at least once. */
  restore?(id: string): Promise<void>;
  /** What of a person's is running now and must stop when the person is suspended. */
  runningOf?(person_id: string): Promise<string[]>;
}

const sources = new WeakMap<Context, Partial<Record<SubjectKind, SubjectSource>>>();

export function defineSubject(ctx: Context, kind: SubjectKind, source: SubjectSource): void {
  sources.set(ctx, { ...sources.get(ctx), [kind]: source });
}

export const sourceOf = (ctx: Context, kind: SubjectKind): SubjectSource | undefined => sources.get(ctx)?.[kind];

/** A live is ended for everybody at once; gifts of a room ended by moderation go back to their senders. */
function defineRooms(ctx: Context): void {
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
function definePeople(ctx: Context): void {
  defineSubject(ctx, 'person', {
    async find(id) {
      const [person] = await findPeople(ctx.db.pool, [id]);
      return person ? { title: person.name, owner_id: id, path: `/@${person.handle}` } : null;
    },
  });
}

/** A line in a chat; it is removed, and put back into the replay. */
function defineLines(ctx: Context): void {
  defineSubject(ctx, 'line', {
    async find(id) {
      const line = await findLine(ctx, id);
      return line && { title: line.text, owner_id: line.person_id, path: `/live/${toWire('room', line.room_id)}` };
    },
    end: (id, { by }) => removeLine(ctx, id, by),
    restore: (id) => restoreLine(ctx, id),
  });
}

/** A product is taken off sale; its merchant may publish it again only when it is released. */
function defineProducts(ctx: Context): void {
  defineSubject(ctx, 'product', {
    async find(id) {
      const product = await findProduct(ctx.db.pool, id);
      return product && { ...product, path: `/products/${toWire('product', id)}` };
    },
    end: (id, { by }) => inTx(ctx.db, (tx) => holdProduct(tx, ctx, id, by)),
    restore: (id) => inTx(ctx.db, (tx) => releaseProduct(tx, id)),
  });
}

/** A video is taken down for everybody but its owner, who reads why. */
function defineVideos(ctx: Context): void {
  defineSubject(ctx, 'video', {
    async find(id) {
      const video = await findVideo(ctx.db.pool, id);
      if (video?.state !== 'published' || video.deleted_at) return null;
      return { title: video.caption.slice(0, 100), owner_id: video.person_id, path: `/videos/${toWire('video', id)}` };
    },
    end: (id) => inTx(ctx.db, (tx) => hideVideo(ctx, tx, id, true)),
    restore: (id) => inTx(ctx.db, (tx) => hideVideo(ctx, tx, id, false)),
  });
}

/** A comment is removed with what stands below it, and put back. */
function defineComments(ctx: Context): void {
  defineSubject(ctx, 'comment', {
    async find(id) {
      const comment = await findComment(ctx.db.pool, id);
      if (!comment || (comment.deleted_at && comment.deleted_by !== 'moderation')) return null;
      const path = `/videos/${toWire('video', comment.video_id)}?comment=${toWire('comment', id)}`;
      return { title: comment.body_text.slice(0, 100), owner_id: comment.person_id, path };
    },
    end: (id) => judgeComment(ctx, id, true),
    restore: (id) => judgeComment(ctx, id, false),
  });
}

/** A message that one of its readers reports: moderators read that one, and nothing else of the conversation. */
function defineMessages(ctx: Context): void {
  defineSubject(ctx, 'message', {
    async find(id, reporter_id) {
      const message = await findMessage(ctx.db.pool, id);
      if (!message || message.body_text === '') return null;
      if (reporter_id !== undefined && !(await isIn(ctx.db.pool, message.conversation_id, reporter_id))) return null;
      return { title: message.body_text.slice(0, 200), owner_id: message.person_id, path: '/messages' };
    },
    end: (id) => judgeMessage(ctx, id, true),
    restore: (id) => judgeMessage(ctx, id, false),
  });
}

/** Everything of the rooms above that can be reported. */
export function defineSubjects(ctx: Context): void {
  for (const define of [
    definePeople,
    defineRooms,
    defineLines,
    defineProducts,
    defineVideos,
    defineComments,
    defineMessages,
  ]) {
    define(ctx);
  }
}

/** `room_01…`, `person_01…`, `line_01…`, `product_01…` on the wire. */
export const subjectId = z.codec(
  z
    .string()
    .regex(
      /^(room|person|line|product|video|comment|message)_[0-7][0-9a-hjkmnp-tv-z]{25}$/,
      'must be an id like room_… or person_…',
    ),
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
