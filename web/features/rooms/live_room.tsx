import { pinAt } from '@souk/sdk/room';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Icon, IconButton, Spinner } from '../../ui/index.ts';
import { BattleBar } from '../battles/index.ts';
import { useProduct } from '../catalog/data.ts';
import { GuestStage, GuestTogether, JoinSheet, useGuestSide } from '../cohosts/index.ts';
import { GiftStage, GiftTray, RoomSupport } from '../gifts/index.ts';
import { PinnedProductCard } from '../orders/pinned_product_card.tsx';
import { AwayCard } from './away_card.tsx';
import { CaptionLine, Captions } from './captions_over.tsx';
import { ChatInput } from './chat_input.tsx';
import { ChatLog } from './chat_log.tsx';
import type { RoomPageData } from './data.ts';
import { EndedCard } from './ended_card.tsx';
import { HandoverCard } from './handover_card.tsx';
import { Hearts } from './hearts.tsx';
import { LeadButton } from './lead_tools.tsx';
import { LineSheet } from './line_sheet.tsx';
import { QuestionsSheet } from './questions_sheet.tsx';
import { RoomPicture } from './room_picture.tsx';
import type { LogLine, RoomView } from './room_view.ts';
import { SideHead } from './side_head.tsx';
import { PinnedPlace, Stage } from './stage.tsx';
import { TalkCards } from './talk_cards.tsx';
import { TopBar } from './top_bar.tsx';
import { useRoom } from './use_room.ts';
import { useShown } from './use_shown.ts';

interface LiveRoomProps {
  room: RoomPageData;
  onChanged: () => void;
  onReplay: () => void;
}

/** The room as a viewer has it: picture, chat, hearts, gifts, and what is pinned. */
export function LiveRoom({ room, onChanged, onReplay }: LiveRoomProps) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const hosts = me?.person_id === room.host.person_id;
  const { view, request, like, listen } = useRoom(room.room_id);
  const guest = useGuestSide(room.room_id, room.host.person_id, { request, listen }, view.state === 'live');
  const [picked, setPicked] = useState<LogLine | null>(null);
  const [mine, setMine] = useState(0);
  const [giving, setGiving] = useState(false);
  const [pin, follow] = usePinned(view);
  const [shown, followShown] = useShown(view.cues);
  const [asking, setAsking] = useState(false);
  const at = useRef<Date | null>(null);
  const ended = view.state === 'ended';
  const [stays, setStays] = useState(false);
  const stay = useCallback(() => setStays(true), []);
  const likes = Math.max(view.likes, room.likes);

  useEffect(() => {
    if (ended) onChanged();
  }, [ended, onChanged]);
  // From its first pin on a live says that it sells, in the words that the server has for it.
  const unsaid = view.pins.some(({ type }) => type === 'pin') && room.labels.length === 0;
  useEffect(() => {
    if (unsaid) onChanged();
  }, [unsaid, onChanged]);

  const tap = () =>
    act(() => {
      like();
      setMine((n) => n + 1);
    });

  return (
    <>
      <Stage
        picture={
          guest.on_air ? (
            <GuestStage guest={guest} host={room.host} />
          ) : (
            <RoomPicture
              room={room}
              mode="live"
              onMediaTime={(now) => {
                at.current = now;
                follow(now);
                followShown(now);
              }}
              onTwice={tap}
            />
          )
        }
        top={
          <TopBar
            room={room}
            viewers={view.viewers}
            likes={likes}
            live
            my_role={view.role}
            cohost={shown.cohost?.by}
            onJoin={hosts || ended ? undefined : () => act(() => guest.setLooking(true))}
          />
        }
        over={
          <>
            <GiftStage gifts={view.gifts} returned={view.returned} />
            <RoomSupport
              room_id={room.room_id}
              told={view}
              className="pointer-events-none absolute top-50 left-3 z-10 md:top-28 md:left-4"
            >
              <BattleBar room_id={room.room_id} told={view.battle} />
              <GuestTogether guest={guest} host={room.host} />
            </RoomSupport>
            <Hearts likes={likes} mine={mine} />
            <Captions caption={shown.caption} known={view.cues.some(({ type }) => type === 'caption')} />
            {view.away && !ended && <AwayCard host={room.host} />}
            <Connection view={view} />
            {ended && view.handed_to && !stays && !hosts ? (
              <HandoverCard from={room.host.name} to_room_id={view.handed_to} onStay={stay} />
            ) : (
              ended && <EndedCard room={room} reason={view.end_reason} likes={likes} onReplay={onReplay} />
            )}
          </>
        }
        side={
          <>
            <CaptionLine caption={shown.caption} />
            <SideHead room={room} />
            <TalkCards room_id={room.room_id} shown={shown} votes={view.votes} />
            <ChatLog
              lines={view.log}
              onPick={setPicked}
              empty={<p className="text-sm text-white/85 md:text-soft">{t('rooms.be_first')}</p>}
            />
            <Coming pins={view.pins} />
            <PinnedPlace>
              {pin && (
                <PinnedProductCard
                  key={pin.id}
                  product_id={pin.thing.id}
                  room_id={room.room_id}
                  stock={view.stock[pin.thing.id]}
                />
              )}
            </PinnedPlace>
            <ChatInput
              send={(text) => request({ type: 'chat.send', text })}
              muted_until={view.muted_until}
              modes={view.modes}
            >
              {view.role === 'moderator' && (
                <LeadButton room_id={room.room_id} view={view} mediaTime={() => at.current} request={request} />
              )}
              <IconButton
                icon="question"
                label={t('talk.questions')}
                tone="glass"
                onClick={() => setAsking(true)}
                className="md:!bg-raised md:!text-ink"
              />
              {!hosts && (
                <IconButton icon="gift" label={t('rooms.give')} tone="accent" onClick={() => setGiving(true)} />
              )}
              <IconButton
                icon="heart"
                label={t('rooms.like')}
                tone="glass"
                filled
                onClick={tap}
                className="md:!bg-raised md:!text-accent-text"
              />
            </ChatInput>
          </>
        }
      />
      <JoinSheet guest={guest} host={room.host} />
      <GiftTray
        open={giving}
        onClose={() => setGiving(false)}
        receiver={{ ...room.host, room_id: room.room_id, request }}
        clear
      />
      <QuestionsSheet
        open={asking}
        onClose={() => setAsking(false)}
        room_id={room.room_id}
        view={view}
        mediaTime={() => at.current}
      />
      <LineSheet room_id={room.room_id} line={picked} my_role={view.role} onClose={() => setPicked(null)} />
    </>
  );
}

/** A pin is told before a viewer's picture gets there: its product is fetched meanwhile. */
function Coming({ pins }: Pick<RoomView, 'pins'>) {
  const newest = pins.at(-1);
  return newest?.type === 'pin' ? <Fetched key={newest.id} product_id={newest.thing.id} /> : null;
}

function Fetched({ product_id }: { product_id: string }) {
  useProduct(product_id);
  return null;
}

/** What is pinned for this viewer's picture. A picture that does not play follows the server's time. */
export function usePinned(view: Pick<RoomView, 'pins'>) {
  const at = useRef<Date | null>(null);
  const [pin, setPin] = useState<ReturnType<typeof pinAt>>(null);
  const { pins } = view;
  const look = useRef(() => {});
  look.current = () => {
    const shown = pinAt(pins, at.current ?? new Date());
    setPin((before) => (before?.id === shown?.id ? before : shown));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new pin is looked at when it comes
  useEffect(() => look.current(), [pins]);
  const follow = useRef((shown: Date) => {
    at.current = shown;
    look.current();
  });
  return [pin, follow.current] as const;
}

/** Says when the room cannot be heard. The picture goes on meanwhile. */
function Connection({ view }: { view: RoomView }) {
  const { t } = useText();
  const { status, closing } = view;
  const lost = status === 'reconnecting';
  const gone = status === 'closed' && closing !== 'ended' && closing !== null;
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-28 z-10 flex justify-center px-4">
      {(lost || gone) && (
        <p className="flex items-center gap-2 rounded-full bg-black/70 px-4 py-2 text-sm text-white backdrop-blur-md">
          {lost ? <Spinner className="size-4" /> : <Icon name="alert" className="size-4" />}
          {t(lost ? 'rooms.reconnecting' : `rooms.closed_${closing}`)}
        </p>
      )}
    </div>
  );
}
