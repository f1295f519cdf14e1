import { useText } from '../../text.ts';
import { Button, Section } from '../../ui/index.ts';
import { BattleBar, BattleButton } from '../battles/index.ts';
import { GiftStage, RoomSupport } from '../gifts/index.ts';
import { OwnChatRules } from './chat_rules_sheet.tsx';
import { EncoderSource } from './encoder_view.tsx';
import { LeadTools } from './lead_tools.tsx';
import {
  AirBadges,
  AirNotes,
  AirPicture,
  MicButton,
  type OnAir,
  PauseButton,
  ScreenButton,
  WhatViewersGet,
} from './on_air.tsx';
import { LevelMeter, Uplink } from './uplink.tsx';

/** On air where there is room: the picture, what to do, and the chat side by side. */
export function StudioDesk({ room, camera, publishing, pause, view, lead, together, pins, chat, onEnd }: OnAir) {
  const { t } = useText();
  return (
    <div className="mx-auto grid h-[calc(100dvh-5rem)] w-full max-w-7xl grid-cols-[minmax(0,24rem)_1fr_minmax(0,22rem)] gap-5 px-6 py-4">
      <AirPicture camera={camera} room={room} className="rounded-2xl">
        <GiftStage gifts={view.gifts} returned={view.returned} />
        <RoomSupport room_id={room.room_id} told={view} className="pointer-events-none absolute top-16 left-3 z-10">
          <BattleBar room_id={room.room_id} told={view.battle} is_host />
          {together.bar}
        </RoomSupport>
        <div className="absolute inset-x-3 top-3 flex flex-wrap items-center gap-2">
          <AirBadges publishing={publishing} view={view} />
        </div>
        {camera && (
          <div className="absolute inset-x-3 bottom-3 flex items-center justify-between gap-3">
            <LevelMeter level={publishing.level} muted={publishing.muted} />
            <span className="flex gap-2">
              <ScreenButton camera={camera} />
              <PauseButton pause={pause} />
              <MicButton publishing={publishing} />
            </span>
          </div>
        )}
      </AirPicture>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto">
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 grow basis-40 break-words font-bold text-lg">{room.title}</p>
          {together.button}
          <BattleButton room_id={room.room_id} battle={view.battle} />
          <OwnChatRules />
          <Button tone="danger" icon="stop" onClick={onEnd}>
            {t('golive.end')}
          </Button>
        </div>
        {camera ? <Uplink state={publishing.state} /> : <EncoderSource room_id={room.room_id} />}
        <AirNotes {...{ camera, publishing, pause }} />
        <LeadTools {...lead} />
        <Section title={t('golive.pins')} text={t('golive.pins_text')}>
          {pins}
        </Section>
        <WhatViewersGet room={room} />
      </div>
      <section aria-label={t('rooms.chat')} className="flex min-h-0 flex-col rounded-2xl bg-surface">
        {chat()}
      </section>
    </div>
  );
}
