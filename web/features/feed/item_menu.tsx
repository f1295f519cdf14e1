import { lazy, type ReactNode, Suspense, useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { type MenuItem, toast, useProblemText } from '../../ui/index.ts';
import type { VideoItem } from './data.ts';
import { setViewing, useViewing } from './viewing.ts';
import { keepVisit, visitToken } from './visit.ts';

const WhySheet = lazy(() => import('./why_sheet.tsx').then(({ WhySheet }) => ({ default: WhySheet })));

/** Why this, less of this, and how one watches: entries for the menu of a video, and the sheet that they open. */
export function useItemMenu(item: VideoItem, onRefused: () => void): { items: MenuItem[]; sheet: ReactNode } {
  const { t } = useText();
  const { me } = useSignedIn();
  const { captions, saver } = useViewing();
  const [asking, setAsking] = useState(false);
  const refuse = useRefusal(item, onRefused);
  const { video } = item;
  const others: MenuItem[] = [
    { label: t('feed.not_interested'), icon: 'close', onSelect: () => void refuse('video') },
    {
      label: t('feed.less_of_creator', { name: video.person.name }),
      icon: 'minus',
      onSelect: () => void refuse('creator'),
    },
  ];
  const items: MenuItem[] = [
    { label: t('feed.why'), icon: 'question', onSelect: () => setAsking(true) },
    ...(me?.person_id === video.person.person_id ? [] : others),
    ...(video.captions.length > 0
      ? [
          {
            label: t('feed.captions'),
            icon: 'captions' as const,
            chosen: captions,
            onSelect: () => setViewing({ captions: !captions }),
          },
        ]
      : []),
    { label: t('feed.saver'), icon: 'down', chosen: saver, onSelect: () => setViewing({ saver: !saver }) },
  ];
  const sheet = asking && (
    <Suspense fallback={null}>
      <WhySheet item={item} open onClose={() => setAsking(false)} onRefuse={refuse} />
    </Suspense>
  );
  return { items, sheet };
}

export type Refusable = 'video' | 'creator' | { tag: string } | 'sound';

/** Says that one wants less of something, and offers to take it back. */
function useRefusal({ video, served_id }: VideoItem, onRefused: () => void): (what: Refusable) => Promise<void> {
  const { t } = useText();
  const problemText = useProblemText();
  return async (what) => {
    const about =
      what === 'video'
        ? { video_id: video.video_id }
        : what === 'creator'
          ? { person_id: video.person.person_id }
          : what === 'sound'
            ? { sound_id: video.sound?.sound_id ?? '' }
            : { tag: what.tag };
    const visit = visitToken();
    const seen = { ...(served_id && { served_id }), ...(visit && { visit }) };
    const { data, error } = await api.POST('/api/feed/not-interested', { body: { ...about, ...seen } });
    if (error) return void toast({ title: problemText(error), tone: 'bad' });
    keepVisit(data.visit);
    toast({ title: t('feed.will_show_less'), tone: 'good' });
    if (what === 'video' || what === 'creator') onRefused();
  };
}
