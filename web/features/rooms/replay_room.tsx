import { pinAt, shownAt } from '@souk/sdk/room';
import { useState } from 'react';
import { useText } from '../../text.ts';
import { EmptyState } from '../../ui/index.ts';
import { PinnedProductCard } from '../orders/pinned_product_card.tsx';
import { CaptionLine, Captions } from './captions_over.tsx';
import { ChatLog } from './chat_log.tsx';
import type { RoomPageData } from './data.ts';
import { LineSheet } from './line_sheet.tsx';
import { RoomPicture } from './room_picture.tsx';
import type { LogLine } from './room_view.ts';
import { SideHead } from './side_head.tsx';
import { PinnedPlace, Stage } from './stage.tsx';
import { TalkCards } from './talk_cards.tsx';
import { TopBar } from './top_bar.tsx';
import { useTimeline } from './use_timeline.ts';

/** The recording, with everything that was said, given and pinned at its second. */
export function ReplayRoom({ room }: { room: RoomPageData }) {
  const { t } = useText();
  const [at, setAt] = useState<Date | null>(null);
  const [picked, setPicked] = useState<LogLine | null>(null);
  const { lines, pins } = useTimeline(room.room_id, at);
  const pin = at && pinAt(pins, at);
  const shown = at && shownAt(pins, at);
  const playable = room.stream.replay.length > 0;
  return (
    <>
      <Stage
        replay
        picture={
          playable ? (
            <RoomPicture room={room} mode="replay" onMediaTime={setAt} />
          ) : (
            <div className="absolute inset-0 grid place-content-center">
              <EmptyState
                icon="play"
                title={t('rooms.no_replay')}
                text={t(room.stream.provider === 'own' ? 'rooms.no_replay_text' : 'external.not_kept')}
              />
            </div>
          )
        }
        top={<TopBar room={room} viewers={room.viewers} likes={room.likes} live={false} cohost={shown?.cohost?.by} />}
        over={<Captions caption={shown?.caption ?? null} known={pins.some(({ type }) => type === 'caption')} replay />}
        side={
          <>
            <CaptionLine caption={shown?.caption ?? null} />
            <SideHead room={room} />
            {shown && <TalkCards room_id={room.room_id} shown={shown} replay />}
            <ChatLog
              lines={lines}
              onPick={setPicked}
              empty={<p className="text-sm text-white/85 md:text-soft">{t('rooms.replay_chat')}</p>}
            />
            <PinnedPlace>
              {pin && <PinnedProductCard key={pin.id} product_id={pin.thing.id} room_id={room.room_id} />}
            </PinnedPlace>
          </>
        }
      />
      <LineSheet room_id={room.room_id} line={picked} my_role="viewer" onClose={() => setPicked(null)} />
    </>
  );
}
