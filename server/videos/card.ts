/** What a link to a video shows elsewhere, with the words that it must carry (MISSION 46). */
import { brief, describePages, type PageCard } from '../kernel/cards.ts';
import type { Context } from '../kernel/context.ts';
import { fromWire } from '../kernel/ids.ts';
import { viewVideos } from './seeing.ts';
import type { VideoView } from './shapes.ts';

const PLAYER = 360;

export function describeVideos(ctx: Context): void {
  describePages(ctx, /^(?:\/embed)?\/videos\/(video_[0-7][0-9a-z]{25})$/, async (id) => {
    const video_id = fromWire('video', id);
    const video = (await viewVideos(ctx, ctx.db.pool, [video_id], null, 'share_card')).get(video_id);
    return video ? cardOf(id, video) : null;
  });
}

function cardOf(id: string, video: VideoView): PageCard {
  const { person, caption, language, labels, width, height } = video;
  const words = labels.map(({ word }) => (language === 'de' ? word.de : word.en));
  const said = brief(caption, 120);
  const title = said === '' ? `${person.name} (@${person.handle})` : said;
  return {
    title: words.length > 0 ? `${words.join(' · ')}: ${title}` : title,
    description: [...words, `${person.name} (@${person.handle})`, brief(caption, 200)].filter(Boolean).join(' · '),
    image: video.cover_url,
    large: true,
    type: 'video.other',
    author: { name: person.name, path: `/@${person.handle}` },
    player: { path: `/embed/videos/${id}`, width: PLAYER, height: Math.round((PLAYER * height) / width) },
  };
}
