import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Dialog, ErrorNote, useTitle } from '../../ui/index.ts';
import { HostTogether, TogetherButton, useHostSide } from '../cohosts/index.ts';
import type { Camera } from '../media/use_camera.ts';
import type { Publishing } from '../media/use_publisher.ts';
import { ChatInput } from './chat_input.tsx';
import { ChatLog } from './chat_log.tsx';
import { GoLivePins } from './go_live_pins.tsx';
import { HandoverChoice, NOBODY } from './handover_choice.tsx';
import type { LeadProps } from './lead_tools.tsx';
import { LineSheet } from './line_sheet.tsx';
import type { LogLine } from './room_view.ts';
import { StudioDesk } from './studio_desk.tsx';
import { StudioPhone } from './studio_phone.tsx';
import { useAwake } from './use_awake.ts';
import { usePause } from './use_pause.ts';
import { usePoster } from './use_poster.ts';
import { useRoom } from './use_room.ts';
import { stopSpeech } from './use_speech_captions.ts';
import { useWide } from './use_wide.ts';

interface GoLiveStudioProps {
  room: { room_id: string; title: string };
  /** Null: OBS or another encoder sends. */
  camera: Camera | null;
  publishing: Publishing;
  onEnded: () => void;
}

/** On air: one's own picture, how it reaches viewers, the chat, what is pinned, and the end. */
export function GoLiveStudio({ room, camera: own, publishing, onEnded }: GoLiveStudioProps) {
  const { t } = useText();
  const { view, request, listen } = useRoom(room.room_id);
  const pair = useHostSide({ room_id: room.room_id, camera: own, publishing, line: { request, listen } });
  const { camera } = pair;
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

  useAwake(camera !== null && !over);
  const stream = camera?.stream ?? null;
  const { setCamera } = publishing;
  const sends = useRef(setCamera);
  sends.current = setCamera;
  useEffect(() => {
    if (stream) sends.current(stream);
  }, [stream]);

  const { pause, set: setPause } = usePause(room.room_id, publishing, own?.stream ?? null, own !== null && !over);
  const live = state?.phase === 'live';
  usePoster(room.room_id, stream, live);
  const lead: LeadProps = {
    room_id: room.room_id,
    view,
    mediaTime: publishing.mediaTime,
    request,
    hears: camera !== null,
  };
  const Studio = useWide() ? StudioDesk : StudioPhone;
  return (
    <>
      <h1 className="sr-only">{room.title}</h1>
      <Studio
        room={room}
        camera={camera}
        publishing={publishing}
        pause={own && { pause, set: setPause }}
        view={view}
        lead={lead}
        together={{
          bar: <HostTogether room_id={room.room_id} pair={pair} />,
          button: own && <TogetherButton room_id={room.room_id} pair={pair} log={view.log} />,
        }}
        pins={<GoLivePins room_id={room.room_id} live={live} pins={view.pins} mediaTime={publishing.mediaTime} />}
        chat={(beside) => (
          <>
            <ChatLog lines={view.log} onPick={setPicked} empty={<p className="text-sm">{t('golive.chat_empty')}</p>} />
            <ChatInput
              send={(text) => request({ type: 'chat.send', text })}
              muted_until={view.muted_until}
              modes={view.modes}
            >
              {beside}
            </ChatInput>
          </>
        )}
        onEnd={() => setAsking(true)}
      />
      <LineSheet room_id={room.room_id} line={picked} my_role="host" onClose={() => setPicked(null)} />
      <EndDialog
        room_id={room.room_id}
        open={asking}
        onClose={() => setAsking(false)}
        beforeEnd={publishing.stop}
        onEnded={onEnded}
      />
    </>
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
  const [to, setTo] = useState(NOBODY);
  const end = async () => {
    setBusy(true);
    const params = { path: { room_id } };
    if (to === NOBODY) await beforeEnd();
    const answer =
      to === NOBODY
        ? await api.POST('/api/rooms/{room_id}/end', { params })
        : await api.PUT('/api/rooms/{room_id}/handover', { params, body: { to_room_id: to } });
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
      {open && <HandoverChoice value={to} onChange={setTo} />}
      <ErrorNote error={error} className="mt-3" />
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
