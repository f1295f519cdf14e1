import { useRef, useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { cx, Icon } from '../../ui/index.ts';
import { Labels } from '../access/labels.tsx';
import { GiftSign } from '../gifts/feed_action.tsx';
import { ActionRail } from '../videos/action_rail.tsx';
import { TapHearts, useDoubleTap } from '../videos/double_tap.tsx';
import { useDeeds } from '../videos/use_deeds.ts';
import type { VideoItem as Data } from './data.ts';
import type { ItemProps } from './feed_item.tsx';
import { useItemMenu } from './item_menu.tsx';
import { ProductChip } from './product_chip.tsx';
import { useItemKeys } from './use_item_keys.ts';
import { VideoCaption } from './video_caption.tsx';
import { VideoPlayer } from './video_player.tsx';
import { setViewing, useViewing } from './viewing.ts';

/** A video on its screen: tap to pause, twice to like, and everything else within the thumb's reach. */
export function VideoItem({ item, active, near, onRefused }: ItemProps & { item: Data }) {
  const { t } = useText();
  const { video } = item;
  const { me } = useSignedIn();
  const [paused, setPaused] = useState(false);
  const [second, setSecond] = useState(0);
  const bar = useRef<HTMLSpanElement>(null);
  const viewing = useViewing();
  const { like } = useDeeds(video);
  const menu = useItemMenu(item, onRefused);
  const { onClick, hearts } = useDoubleTap(() => setPaused((was) => !was), like);
  useItemKeys(active, {
    pause: () => setPaused((was) => !was),
    sound: () => setViewing({ sound: !viewing.sound }),
  });
  const mine = me?.person_id === video.person.person_id;
  return (
    <>
      <div className="relative h-full w-full overflow-hidden bg-black md:rounded-2xl">
        {near ? (
          <VideoPlayer
            video={video}
            active={active}
            paused={paused && active}
            onTime={(at, whole) => {
              if (bar.current && whole > 0) bar.current.style.scale = `${at / whole} 1`;
              setSecond(Math.floor(at));
            }}
            onSilenced={() => setViewing({ sound: false })}
          />
        ) : (
          video.cover_url && <img src={video.cover_url} alt="" loading="lazy" className="size-full object-cover" />
        )}
        <button
          type="button"
          aria-label={t(paused ? 'feed.play' : 'feed.pause')}
          className="absolute inset-0 cursor-default focus-visible:-outline-offset-4"
          onClick={onClick}
        />
        {paused && active && (
          <Icon
            name="play"
            filled
            className="pointer-events-none absolute inset-0 m-auto size-20 text-white/85 drop-shadow-lg"
          />
        )}
        <TapHearts hearts={hearts} />
        <div className="pointer-events-none absolute inset-x-0 bottom-0 bg-linear-to-t from-black/75 via-black/35 to-transparent px-3 pt-24 pr-18 pb-4 text-white">
          <div className="pointer-events-auto mb-2 empty:hidden">
            <ProductChip links={item.links} at_s={second} active={active} />
          </div>
          <div className="mb-1.5 flex flex-wrap gap-1.5 empty:hidden">
            <Labels labels={video.labels} />
          </div>
          <VideoCaption item={item} />
          <span aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 bg-white/25">
            <span ref={bar} className="block size-full origin-left bg-white" style={{ scale: '0 1' }} />
          </span>
        </div>
        <SoundSign shown={active} />
      </div>
      <div className="absolute right-1 bottom-5 z-10 md:right-3">
        <ActionRail video={video} active={active} items={menu.items}>
          {!mine && <GiftSign person={video.person} />}
        </ActionRail>
      </div>
      {menu.sheet}
    </>
  );
}

/** Where sound is off, a sign that brings it; the choice holds for every video. */
function SoundSign({ shown }: { shown: boolean }) {
  const { t } = useText();
  const { sound } = useViewing();
  return (
    <button
      type="button"
      aria-pressed={sound}
      aria-label={t(sound ? 'feed.sound_off' : 'feed.sound_on')}
      onClick={() => setViewing({ sound: !sound })}
      className={cx(
        'absolute top-15 left-2 flex h-10 items-center gap-2 rounded-full bg-black/45 px-3 text-sm text-white backdrop-blur-md hover:bg-black/65 md:top-3 md:left-3',
        !shown && 'invisible',
      )}
    >
      <Icon name={sound ? 'volume' : 'volumeOff'} className="size-5" />
      {!sound && <span>{t('feed.tap_for_sound')}</span>}
    </button>
  );
}
