/** What a link to a profile shows elsewhere: what everybody sees, of a private profile too. */
import { brief, describePages } from '../kernel/cards.ts';
import type { Context } from '../kernel/context.ts';
import { findByHandle } from './queries.ts';
import { avatarUrl } from './shapes.ts';

export function describeProfiles(ctx: Context): void {
  describePages(ctx, /^\/@([a-z0-9][a-z0-9_.]{1,28}[a-z0-9])$/, async (handle) => {
    const person = await findByHandle(ctx.db.pool, handle);
    if (!person) return null;
    return {
      title: `${person.name} (@${person.handle})`,
      description: brief(person.bio, 200) || `@${person.handle}`,
      image: avatarUrl(person.avatar),
      large: false,
      type: 'profile',
      author: null,
      player: null,
    };
  });
}
