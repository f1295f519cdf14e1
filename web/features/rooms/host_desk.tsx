import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Badge, Button, cx, Dialog, toast, useProblemText } from '../../ui/index.ts';
import { PinPicker } from '../catalog/pin_picker.tsx';
import { GiftStage } from '../gifts/index.ts';
import { PinnedProductCard } from '../orders/pinned_product_card.tsx';
import { ChatInput } from './chat_input.tsx';
import { ChatLog } from './chat_log.tsx';
import { LineSheet } from './line_sheet.tsx';
import type { LogLine, RoomView } from './room_view.ts';
import { PinnedPlace } from './stage.tsx';
import { useRoom } from './use_room.ts';

interface HostDeskProps {
  room_id: string;
  /** Media time of what the encoder takes in now: viewers see a pin when their picture gets there. */
  mediaTime: () => Date | null;
  /** The room has ended, by this desk or by somebody else. */
  onEnded: () => void;
  className?: string;
}

/** What a host needs beside their own picture: the chat, who is there, what is pinned, and the end. */
export function HostDesk({ room_id, mediaTime, onEnded, className }: HostDeskProps) {
  const { t } = useText();
  const { view, request } = useRoom(room_id);
  const [picked, setPicked] = useState<LogLine | null>(null);
  const pinned = lastPinned(view);
  const ended = view.state === 'ended';
  useEffect(() => {
    if (ended) onEnded();
  }, [ended, onEnded]);
  return (
    <section className={cx('relative flex min-h-0 flex-col', className)} aria-label={t('rooms.desk')}>
      <DeskHead view={view} room_id={room_id} />
      <ChatLog
        lines={view.log}
        onPick={setPicked}
        empty={<p className="text-sm text-white/85 md:text-soft">{t('rooms.be_first')}</p>}
      />
      <PinnedPlace>
        {pinned && <PinnedProductCard key={pinned} product_id={pinned} room_id={room_id} stock={view.stock[pinned]} />}
      </PinnedPlace>
      <ChatInput send={(text) => request({ type: 'chat.send', text })} muted_until={null}>
        <PinButton room_id={room_id} pinned={pinned} mediaTime={mediaTime} />
      </ChatInput>
      <GiftStage gifts={view.gifts} />
      <LineSheet room_id={room_id} line={picked} my_role="host" onClose={() => setPicked(null)} />
    </section>
  );
}

/** By the server's time: the host sees what is pinned at once, the viewers when their picture gets there. */
function lastPinned({ pins }: RoomView): string | null {
  const last = pins.at(-1);
  return last?.type === 'pin' ? last.thing.id : null;
}

function DeskHead({ view, room_id }: { view: RoomView; room_id: string }) {
  const { t } = useText();
  const format = useFormat();
  const problemText = useProblemText();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    const { error } = await api.POST('/api/rooms/{room_id}/end', { params: { path: { room_id } } });
    setBusy(false);
    setAsks(false);
    if (error) toast({ title: problemText(error), tone: 'bad' });
  };
  return (
    <div className="pointer-events-auto flex items-center gap-1.5 px-3 py-2 md:border-line md:border-b md:px-4">
      <Badge tone="accent">{t('rooms.live')}</Badge>
      <Badge tone="glass" icon="eye">
        {format.compact(view.viewers)}
        <span className="sr-only">{t('rooms.viewers', { n: view.viewers })}</span>
      </Badge>
      <Badge tone="glass" icon="heart">
        {format.compact(view.likes)}
      </Badge>
      <Button size="sm" tone="danger" icon="stop" className="ml-auto" onClick={() => setAsks(true)}>
        {t('rooms.end')}
      </Button>
      <Dialog
        open={asks}
        onClose={() => setAsks(false)}
        title={t('rooms.end_ask')}
        confirm={t('rooms.end')}
        danger
        busy={busy}
        onConfirm={() => void end()}
      >
        {t('rooms.end_text')}
      </Dialog>
    </div>
  );
}

interface PinButtonProps {
  room_id: string;
  pinned: string | null;
  mediaTime: () => Date | null;
}

function PinButton({ room_id, pinned, mediaTime }: PinButtonProps) {
  const { t } = useText();
  const problemText = useProblemText();
  const [open, setOpen] = useState(false);
  const pick = async (product_id: string | null) => {
    const media_at = mediaTime()?.toISOString();
    const params = { path: { room_id } };
    const { error } =
      product_id === null
        ? await api.DELETE('/api/rooms/{room_id}/pin', { params: { ...params, query: { media_at } } })
        : await api.PUT('/api/rooms/{room_id}/pin', {
            params,
            body: { thing: { type: 'product', id: product_id }, media_at },
          });
    if (error) toast({ title: problemText(error), tone: 'bad' });
  };
  return (
    <>
      <Button icon="pin" onClick={() => setOpen(true)}>
        {t('rooms.pin_product')}
      </Button>
      <PinPicker open={open} onClose={() => setOpen(false)} pinned={pinned} onPick={(id) => void pick(id)} />
    </>
  );
}
