/** oEmbed (https://oembed.com): what another site shows in place of a link to this one. */
import * as z from 'zod';
import { escapeHtml, findCard, type PageCard } from '../kernel/cards.ts';
import type { App } from '../kernel/http.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { route } from '../kernel/route.ts';
import { findSettings } from './instance.ts';

export const oembedRefusals = defineRefusals({
  format_unknown: [501, 'This house answers in JSON'],
});

const answer = z.object({
  version: z.literal('1.0'),
  type: z.enum(['video', 'link']),
  title: z.string(),
  author_name: z.string().optional(),
  author_url: z.string().optional(),
  provider_name: z.string(),
  provider_url: z.string(),
  cache_age: z.int(),
  thumbnail_url: z.string().optional(),
  /** A frame with the player, as it may stand in any page. */
  html: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
});

/** How long others may keep it: a video that is taken down leaves their pages within this, its bytes at once. */
const CACHE_S = 300;

export function mountOembed(app: App): void {
  const ctx = app.souk;
  route(
    app,
    {
      method: 'GET',
      url: '/oembed',
      who: 'anyone',
      summary: 'oEmbed: what a link to this house shows elsewhere; only what everybody may see',
      query: z.object({
        url: z.string().max(500),
        format: z.string().max(10).default('json'),
        maxwidth: z.coerce.number().int().min(1).max(10_000).optional(),
        maxheight: z.coerce.number().int().min(1).max(10_000).optional(),
      }),
      response: { 200: answer },
      refusals: ['format_unknown'],
    },
    async ({ query: { url, format, maxwidth, maxheight } }) => {
      if (format !== 'json') throw new Refusal('format_unknown');
      const origin = ctx.config.public_url;
      const asked = URL.canParse(url) ? new URL(url) : null;
      const card = asked?.origin === new URL(origin).origin ? await findCard(ctx, asked.pathname) : null;
      if (!card) throw new Refusal('not_found');
      const { name } = await findSettings(ctx.db.pool);
      return {
        version: '1.0' as const,
        title: card.title,
        ...(card.author && { author_name: card.author.name, author_url: `${origin}${card.author.path}` }),
        provider_name: name,
        provider_url: origin,
        cache_age: CACHE_S,
        ...(card.image && { thumbnail_url: `${origin}${card.image}` }),
        ...frameOf(card, origin, maxwidth, maxheight),
      };
    },
  );
}

/** The player, as large as it may be and no larger than it is. */
function frameOf({ player, title }: PageCard, origin: string, maxwidth = 10_000, maxheight = 10_000) {
  if (!player) return { type: 'link' as const };
  const scale = Math.min(1, maxwidth / player.width, maxheight / player.height);
  const [width, height] = [player.width, player.height].map((size) => Math.max(1, Math.floor(size * scale)));
  const source = escapeHtml(`${origin}${player.path}`);
  const size = `width="${width}" height="${height}"`;
  const html = `<iframe src="${source}" title="${escapeHtml(title)}" ${size} style="border:0" allow="fullscreen" loading="lazy"></iframe>`;
  return { type: 'video' as const, html, width, height };
}
