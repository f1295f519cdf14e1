import { type CSSProperties, useState } from 'react';
import { useInstance } from '../../instance.ts';
import { useText } from '../../text.ts';
import { Button, IconButton, Sheet } from '../../ui/index.ts';
import { BattleBar, BattleButton } from '../battles/index.ts';
import { GiftStage, RoomSupport } from '../gifts/index.ts';
import { OwnChatRules } from './chat_rules_sheet.tsx';
import { EncoderSource } from './encoder_view.tsx';
import { LeadButton } from './lead_tools.tsx';
import {
  AirBadges,
  AirNotes,
  AirPicture,
  FlipButton,
  MicButton,
  type OnAir,
  PauseButton,
  WhatViewersGet,
} from './on_air.tsx';
import { LevelMeter, Uplink } from './uplink.tsx';

/** On air in one hand: all picture, the chat over its lower third as viewers have it, everything else one tap away. */
export function StudioPhone({ room, camera, publishing, pause, view, lead, together, pins, chat, onEnd }: OnAir) {
  const { t } = useText();
  const [open, setOpen] = useState<'pins' | 'more' | null>(null);
  const close = () => setOpen(null);
  // The line that says "demo money" stays in sight above.
  const note = useInstance()?.sandbox ? '1.5rem' : '0px';
  return (
    <div
      style={{ '--note': note } as CSSProperties}
      className="fixed inset-x-0 top-(--note) bottom-0 z-35 isolate overflow-hidden bg-black text-white"
    >
      <AirPicture camera={camera} room={room} className="size-full">
        <GiftStage gifts={view.gifts} returned={view.returned} />
        <RoomSupport room_id={room.room_id} told={view} className="pointer-events-none absolute top-16 left-3 z-10">
          <BattleBar room_id={room.room_id} told={view.battle} is_host />
          {together.bar}
        </RoomSupport>
        <Shade className="top-0 h-32 bg-linear-to-b from-black/65" />
        <Shade className="bottom-0 h-[55%] bg-linear-to-t from-black/85 via-black/45" />
      </AirPicture>
      <div className="absolute inset-x-3 top-3 flex items-center gap-2">
        <AirBadges publishing={publishing} view={view} />
        <span className="flex min-w-0 grow items-center justify-end gap-2">
          <Button tone="danger" size="sm" icon="stop" onClick={onEnd}>
            {t('golive.end')}
          </Button>
        </span>
      </div>
      <div className="absolute top-16 right-3 flex flex-col gap-2">
        <FlipButton camera={camera} />
        <PauseButton pause={pause} />
        {camera && <MicButton publishing={publishing} />}
      </div>
      <div className="absolute top-42 right-16 left-3 flex flex-col gap-2 text-ink">
        <AirNotes {...{ camera, publishing, pause }} />
      </div>
      <section
        aria-label={t('rooms.chat')}
        className="pointer-events-none absolute inset-x-0 bottom-0 flex max-h-[46%] flex-col justify-end"
      >
        {chat(
          <>
            <IconButton icon="pin" label={t('golive.pins')} tone="accent" onClick={() => setOpen('pins')} />
            <LeadButton {...lead} />
            <IconButton icon="more" label={t('golive.more')} tone="glass" onClick={() => setOpen('more')} />
          </>,
        )}
      </section>
      <Sheet open={open === 'pins'} onClose={close} title={t('golive.pins')} description={t('golive.pins_text')}>
        {pins}
      </Sheet>
      <Sheet open={open === 'more'} onClose={close} title={room.title}>
        <div className="flex flex-col gap-4">
          {camera ? <Uplink state={publishing.state} /> : <EncoderSource room_id={room.room_id} />}
          {camera && <LevelMeter level={publishing.level} muted={publishing.muted} />}
          <div className="flex flex-wrap gap-3">
            {together.button}
            <BattleButton room_id={room.room_id} battle={view.battle} />
            <OwnChatRules />
          </div>
          <WhatViewersGet room={room} />
        </div>
      </Sheet>
    </div>
  );
}

const Shade = ({ className }: { className: string }) => (
  <span aria-hidden="true" className={`pointer-events-none absolute inset-x-0 to-transparent ${className}`} />
);
