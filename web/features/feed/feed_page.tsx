import { useMemo } from 'react';
import { $api, queryClient } from '../../api.ts';
import { useInstance } from '../../instance.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, EmptyState, ErrorNote, Loading, useTitle } from '../../ui/index.ts';
import { type FeedItem, type FeedName, useFeed } from './data.ts';
import { FeedStage } from './feed_stage.tsx';
import { FeedTop } from './feed_top.tsx';

/** Where one was in each feed, for as long as the app is open. */
const places = new Map<FeedName, number>();

/** `/`: For You. */
export default function ForYouPage() {
  const { t } = useText();
  useTitle(t('feed.for_you'));
  return <FeedOf name="for_you" />;
}

interface FeedOfProps {
  name: FeedName;
  /** Stands before everything else. */
  first?: FeedItem;
}

/** One feed with its beginning, its end, and what is wrong with it. */
export function FeedOf({ name, first }: FeedOfProps) {
  const { t } = useText();
  const feed = useFeed(name);
  const again = () => {
    places.delete(name);
    void queryClient.resetQueries({ queryKey: ['feed', name] });
  };
  const pages = feed.data?.pages;
  const items = useMemo(() => {
    const served = pages?.flatMap((page) => page.items) ?? [];
    return first ? [first, ...served.filter((item) => !isSame(item, first))] : served;
  }, [pages, first]);
  if (feed.isLoading && !first) return <Loading className="min-h-dvh" />;
  if (feed.error && items.length === 0)
    return <ErrorNote className="m-6" error={feed.error} onRetry={() => void feed.refetch()} />;
  return (
    <FeedStage
      name={t(`feed.${name}`)}
      items={items}
      at={first ? 0 : (places.get(name) ?? 0)}
      onAt={(place) => {
        if (!first) places.set(name, place);
      }}
      onMore={feed.hasNextPage && !feed.isFetchingNextPage ? () => void feed.fetchNextPage() : null}
      busy={feed.isFetching}
      top={<FeedTop here={name} />}
      end={<End name={name} empty={items.length === 0} onAgain={again} error={feed.error} />}
    />
  );
}

const isSame = (item: FeedItem, other: FeedItem): boolean =>
  item.kind === 'video' && other.kind === 'video' && item.video.video_id === other.video.video_id;

interface EndProps {
  name: FeedName;
  empty: boolean;
  error: unknown;
  onAgain(): void;
}

/** The last screen is never blank: it says what is the matter, and what to do. */
function End({ name, empty, error, onAgain }: EndProps) {
  const { t } = useText();
  const { me, askSignIn } = useSignedIn();
  const instance = useInstance();
  const starts = useDemoStarts(name === 'for_you' && empty);
  if (error) return <ErrorNote className="m-6" error={error} onRetry={onAgain} />;
  if (name === 'following' && !me)
    return (
      <EmptyState
        icon="users"
        title={t('feed.following_signed_out')}
        text={t('feed.following_signed_out_text')}
        action={
          <Button tone="accent" onClick={askSignIn}>
            {t('shell.sign_in')}
          </Button>
        }
      />
    );
  if (name === 'for_you' && empty && starts) return <DemoStarts />;
  const what = empty ? (name === 'following' ? 'following_empty' : 'empty') : 'caught_up';
  return (
    <EmptyState
      icon={empty ? 'play' : 'check'}
      title={t(`feed.${what}`)}
      text={t(`feed.${what}_text`)}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {empty && name === 'for_you' && (
            <ButtonLink to="/studio/upload" tone="accent" icon="upload">
              {t('feed.post_first')}
            </ButtonLink>
          )}
          {name === 'following' && (
            <ButtonLink to="/" tone="accent">
              {t('feed.to_for_you')}
            </ButtonLink>
          )}
          <ButtonLink to="/live">{t('feed.all_lives')}</ButtonLink>
          <Button onClick={onAgain}>{t('feed.look_again')}</Button>
          {empty && instance?.demo && <ButtonLink to="/demo">{t('feed.open_demo')}</ButtonLink>}
        </div>
      }
    />
  );
}

const DEMO_WAIT_MS = 3_000;

/** In the first seconds of a demo nothing is here yet. */
function useDemoStarts(asks: boolean): boolean {
  const has_demo = useInstance()?.demo === true;
  const enabled = asks && has_demo;
  const { data, error } = $api.useQuery(
    'get',
    '/api/demo',
    {},
    { enabled, refetchInterval: DEMO_WAIT_MS, retry: false },
  );
  return enabled && !error && !data?.room_id;
}

function DemoStarts() {
  const { t } = useText();
  return (
    <EmptyState
      icon="live"
      title={t('feed.demo_starts')}
      text={t('feed.demo_starts_text')}
      action={<Loading className="w-full pb-2" />}
    />
  );
}
