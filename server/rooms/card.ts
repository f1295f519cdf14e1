/** What a link to a live shows elsewhere, with the words that it must carry (MISSION 46). */
import { labelsOf } from '../access/index.ts';
import { brief, describePages } from '../kernel/cards.ts';
import type { Context } from '../kernel/context.ts';
import { fromWire } from '../kernel/ids.ts';
import { HOME_MARKET } from '../markets/index.ts';
import type { Hub } from './hub.ts';
import { findRoom } from './queries.ts';
import { shapeAll } from './shapes.ts';

export function describeRooms(ctx: Context, hub: Hub): void {
  describePages(ctx, /^\/live\/(room_[0-7][0-9a-z]{25})$/, async (id) => {
    const found = await findRoom(ctx.db.pool, fromWire('room', id));
    // What is not live yet is its host's alone.
    const [room] = found && found.state !== 'preparing' ? await shapeAll(ctx, hub, null, [found]) : [];
    if (!room) return null;
    const asked = { kind: 'room' as const, ids: [room.room_id], market: HOME_MARKET, surface: 'share_card' as const };
    const labels = (await labelsOf(ctx, ctx.db.pool, asked)).get(room.room_id) ?? [];
    const words = labels.map(({ word }) => (room.language === 'de' ? word.de : word.en));
    const by = `${room.host.name} (@${room.host.handle})`;
    return {
      title: words.length > 0 ? `${words.join(' · ')}: ${brief(room.title, 120)}` : brief(room.title, 120),
      description: [...words, by].join(' · '),
      image: room.poster_url ?? room.host.avatar_url,
      large: room.poster_url !== null,
      type: 'video.other',
      author: { name: room.host.name, path: `/@${room.host.handle}` },
      player: null,
    };
  });
}
