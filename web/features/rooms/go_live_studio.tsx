import { useEffect, useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Badge, Button, ButtonLink, Dialog, ErrorNote, IconButton, Note, useTitle } from '../../ui/index.ts';
import { GiftStage } from '../gifts/index.ts';
import type { Camera } from '../media/use_camera.ts';
import type { Publishing } from '../media/use_publisher.ts';
import { CameraView } from './camera_view.tsx';
import { ChatInput } from './chat_input.tsx';
import { ChatLog } from './chat_log.tsx';
import { OwnChatRules } from './chat_rules_sheet.tsx';
import { GoLivePins } from './go_live_pins.tsx';
import { LeadTools } from './lead_tools.tsx';
import { LineSheet } from './line_sheet.tsx';
import type { LogLine } from './room_view.ts';
import { LevelMeter, Uplink } from './uplink.tsx';
import { useRoom } from './use_room.ts';
import { stopSpeech } from './use_speech_captions.ts';

interface GoLiveStudioProps {
  room: { room_id: string; title: string };
  camera: Camera;
  publishing: Publishing;
  onEnded: () => void;
}

/** On air: one's own picture, how it reaches viewers, the chat, what is pinned, and the end. */
export function GoLiveStudio({ room, camera, publishing, onEnded }: GoLiveStudioProps) {
  const { t } = useText();
  const { view, request } = useRoom(room.room_id);
  const [asking, setAsking] = useState(false);
  const [picked, setPicked] = useState<LogLine | null>(null);
  const { state } = publishing;
  const over = view.state === 'ended' || state?.refused === 'ended';
  useTitle(room.title);
  useLeaveWarning(!over);
  useEffect(() => {
    if (!over) return;
    stopSpeech();
    void publishing.stop();
    onEnded();
  }, [over, publishing, onEnded]);

  return (
    <div className="mx-auto grid w-full max-w-7xl gap-5 px-4 py-4 md:h-[calc(100dvh-5rem)] md:grid-cols-[minmax(0,24rem)_1fr_minmax(0,22rem)] md:px-6">
      <h1 className="sr-only">{room.title}</h1>
      <CameraView camera={camera} className="aspect-[9/14] rounded-2xl max-md:max-h-[46vh] md:aspect-auto">
        <GiftStage gifts={view.gifts} />
        <div className="absolute inset-x-3 top-3 flex flex-wrap items-center gap-2">
          <Badge tone={state?.phase === 'live' ? 'accent' : 'glass'}>
            {t(`golive.phase_${state?.phase ?? 'starting'}`)}
          </Badge>
          <Badge tone="glass" icon="eye">
            <span className="tabular">{view.viewers}</span>
            <span className="sr-only">{t('rooms.viewers', { n: view.viewers })}</span>
          </Badge>
        </div>
        <div className="absolute inset-x-3 bottom-3 flex items-center justify-between gap-3">
          <LevelMeter level={publishing.level} muted={publishing.muted} />
          <IconButton
            icon={publishing.muted ? 'micOff' : 'mic'}
            tone="glass"
            label={t(publishing.muted ? 'golive.unmute' : 'golive.mute')}
            aria-pressed={publishing.muted}
            onClick={() => publishing.setMuted(!publishing.muted)}
          />
        </div>
      </CameraView>
      <div className="flex min-h-0 flex-col gap-4 md:overflow-y-auto">
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 grow basis-40 break-words font-bold text-lg">{room.title}</p>
          <OwnChatRules />
          <Button tone="danger" icon="stop" onClick={() => setAsking(true)}>
            {t('golive.end')}
          </Button>
        </div>
        <Uplink state={state} />
        <LeadTools room_id={room.room_id} view={view} mediaTime={publishing.mediaTime} request={request} hears />
        <GoLivePins room_id={room.room_id} live={state?.phase === 'live'} mediaTime={publishing.mediaTime} />
        <Note icon="info">
          {t('golive.what_viewers_get')}{' '}
          <ButtonLink to={`/live/${room.room_id}`} tone="quiet" size="sm">
            {t('golive.open_room')}
          </ButtonLink>
        </Note>
      </div>
      <section
        aria-label={t('rooms.chat')}
        className="flex h-[26rem] min-h-0 flex-col rounded-2xl bg-surface max-md:bg-black max-md:text-white md:h-auto"
      >
        <ChatLog lines={view.log} onPick={setPicked} empty={<p className="text-sm">{t('golive.chat_empty')}</p>} />
        <ChatInput
          send={(text) => request({ type: 'chat.send', text })}
          muted_until={view.muted_until}
          modes={view.modes}
        />
      </section>
      <LineSheet room_id={room.room_id} line={picked} my_role="host" onClose={() => setPicked(null)} />
      <EndDialog
        room_id={room.room_id}
        open={asking}
        onClose={() => setAsking(false)}
        beforeEnd={publishing.stop}
        onEnded={onEnded}
      />
    </div>
  );
}

interface EndDialogProps {
  room_id: string;
  open: boolean;
  onClose: () => void;
  /** The last second is sent before the stream is closed. */
  beforeEnd: () => Promise<void>;
  onEnded: () => void;
}

function EndDialog({ room_id, open, onClose, beforeEnd, onEnded }: EndDialogProps) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const end = async () => {
    setBusy(true);
    await beforeEnd();
    const answer = await api.POST('/api/rooms/{room_id}/end', { params: { path: { room_id } } });
    setBusy(false);
    if (answer.error) setError(answer.error);
    else onEnded();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('golive.end_title')}
      confirm={t('golive.end')}
      onConfirm={() => void end()}
      busy={busy}
      danger
    >
      <p>{t('golive.end_text')}</p>
      <ErrorNote error={error} />
    </Dialog>
  );
}

/** The browser asks before the page of a running live is closed. */
function useLeaveWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [on]);
}
