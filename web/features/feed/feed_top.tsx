import { HeaderSigns } from '../../shell/header.tsx';
import { useText } from '../../text.ts';
import { cx, Link } from '../../ui/index.ts';
import type { FeedName } from './data.ts';

const FEEDS: [FeedName, string][] = [
  ['following', '/following'],
  ['for_you', '/'],
];

/** The two feeds, over the picture. */
export function FeedTop({ here }: { here: FeedName }) {
  const { t } = useText();
  return (
    <div className="flex items-center justify-between pl-2 md:pl-0">
      <nav aria-label={t('feed.feeds')} className="flex">
        {FEEDS.map(([name, to]) => (
          <Link
            key={name}
            to={to}
            aria-current={name === here ? 'page' : undefined}
            className={cx(
              'flex min-h-12 items-center px-2.5 [text-shadow:0_1px_3px_rgb(0_0_0/0.5)] md:[text-shadow:none]',
              name === here ? 'font-bold' : 'text-white/80 md:text-soft',
            )}
          >
            {t(`feed.${name}`)}
          </Link>
        ))}
      </nav>
      <HeaderSigns />
    </div>
  );
}
