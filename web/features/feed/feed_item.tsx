import type { ReactNode } from 'react';
import type { FeedItem } from './data.ts';
import { LiveItem, UpcomingItem } from './live_items.tsx';
import { VideoItem } from './video_item.tsx';

export interface ItemProps {
  /** The one that is watched. */
  active: boolean;
  /** Near enough to be ready: its picture is fetched. */
  near: boolean;
  /** Taken out of the feed by its viewer. */
  onRefused(): void;
}

/** One screen of the feed. */
export function Item({ item, ...props }: ItemProps & { item: FeedItem }): ReactNode {
  if (item.kind === 'video') return <VideoItem item={item} {...props} />;
  if (item.kind === 'live') return <LiveItem item={item} {...props} />;
  return <UpcomingItem item={item} {...props} />;
}
