/**
 * What a link shows when it is passed on: a port. Rooms say what stands at an address that anybody may open; the head
 * of the page (Open Graph, Twitter) and oEmbed are written from it. Nothing that a visitor without a session cannot
 * see.
 */
import type { Context } from './context.ts';

export interface PageCard {
  title: string;
  description: string;
  /** A path of this house, or null. */
  image: string | null;
  /** The picture is worth a large card. */
  large: boolean;
  /** https://ogp.me */
  type: 'website' | 'profile' | 'product' | 'video.other';
  author: { name: string; path: string } | null;
  /** A page made for frames of other sites. */
  player: { path: string; width: number; height: number } | null;
}

type Describe = (id: string) => Promise<PageCard | null>;
const known = new WeakMap<Context, [pattern: RegExp, describe: Describe][]>();

/** @param pattern a whole path, with the id as its one group */
export function describePages(ctx: Context, pattern: RegExp, describe: Describe): void {
  known.set(ctx, [...(known.get(ctx) ?? []), [pattern, describe]]);
}

/** What stands at a path, or null where there is nothing to show to everybody. A card that fails costs no page. */
export async function findCard(ctx: Context, path: string): Promise<PageCard | null> {
  for (const [pattern, describe] of known.get(ctx) ?? []) {
    const [, id] = pattern.exec(path) ?? [];
    if (id === undefined) continue;
    return describe(id).catch((err) => {
      ctx.log.warn({ err, path }, 'a card could not be drawn');
      return null;
    });
  }
  return null;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, between tags and in quotes (FAULTS D6). */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** One line of so many letters at most: people write paragraphs, cards show a sentence. */
export function brief(text: string, most: number): string {
  // Never half of a letter that takes two units.
  const letters = Array.from(text.replace(/\s+/gu, ' ').trim());
  if (letters.length <= most) return letters.join('');
  return `${letters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}

/** The tags of a page's head. */
export function headOf(card: PageCard, path: string, { site, origin }: { site: string; origin: string }): string {
  const url = `${origin}${path}`;
  const properties: [string, string | null][] = [
    ['og:site_name', site],
    ['og:type', card.type],
    ['og:title', card.title],
    ['og:description', card.description],
    ['og:url', url],
    ['og:image', card.image && `${origin}${card.image}`],
  ];
  const player = card.player && `${origin}${card.player.path}`;
  const names: [string, string | null][] = [
    ['description', card.description],
    ['twitter:card', player ? 'player' : card.large && card.image ? 'summary_large_image' : 'summary'],
    ['twitter:title', card.title],
    ['twitter:description', card.description],
    ['twitter:image', card.image && `${origin}${card.image}`],
    ['twitter:player', player],
    ['twitter:player:width', card.player && String(card.player.width)],
    ['twitter:player:height', card.player && String(card.player.height)],
  ];
  const tags = (attribute: string, pairs: [string, string | null][]) =>
    pairs.flatMap(([name, value]) => (value ? `<meta ${attribute}="${name}" content="${escapeHtml(value)}" />` : []));
  const oembed = `${origin}/api/oembed?url=${encodeURIComponent(url)}`;
  return [
    `<title>${escapeHtml(`${card.title} · ${site}`)}</title>`,
    ...tags('name', names),
    ...tags('property', properties),
    `<link rel="canonical" href="${escapeHtml(url)}" />`,
    `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(oembed)}" />`,
  ].join('\n    ');
}
