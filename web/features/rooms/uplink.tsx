import { useEffect, useRef } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Facts, Note } from '../../ui/index.ts';
import type { HostNote, PublisherState } from '../media/publisher_state.ts';

/** How the picture reaches the server. */
export function Uplink({ state }: { state: PublisherState | null }) {
  const { t } = useText();
  const format = useFormat();
  if (!state) return null;
  const { codecs, bits_per_s, backlog, carries, two } = state;
  const megabits = (bits: number) => t('golive.megabits', { n: format.number(Math.round(bits / 100_000) / 10) });
  return (
    <section aria-label={t('golive.uplink')}>
      <Facts
        rows={[
          [t('golive.sent'), megabits(bits_per_s)],
          ...(carries === null ? [] : [[t('golive.carries'), megabits(carries)] as const]),
          [t('golive.waiting'), t('golive.seconds', { n: backlog })],
          ...(codecs ? [[t('golive.codecs'), namesOf(codecs)] as const] : []),
          ...(codecs ? [[t('golive.pictures'), t(two ? 'golive.pictures_two' : 'golive.pictures_one')] as const] : []),
        ]}
      />
    </section>
  );
}

/** What the host should know of the picture and the sound. */
export function HostNotes({ state }: { state: PublisherState | null }) {
  const { t } = useText();
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {state?.refused && <Note icon="alert">{t(`golive.refused_${state.refused}`)}</Note>}
      {state?.notes.map((note) => (
        <Note key={note} icon={SIGNS[note]}>
          {t(`golive.note_${note}`)}
        </Note>
      ))}
    </div>
  );
}

const SIGNS = {
  phones_may_not_play: 'info',
  microphone_silent: 'micOff',
  without_sound: 'micOff',
  camera_dead: 'alert',
  uplink_slow: 'alert',
  fewer_frames: 'alert',
  sound_only: 'mic',
  busy: 'alert',
} as const satisfies Record<HostNote, string>;

const NAMES: Record<string, string> = { avc: 'H.264', vp9: 'VP9', aac: 'AAC', opus: 'Opus' };
const namesOf = ({ video, audio }: { video: string; audio: string | null }) =>
  [video, audio].map((codec) => (codec ? (NAMES[codec] ?? codec) : '–')).join(' · ');

/** How loud the microphone is, drawn without asking React sixty times a second. */
export function LevelMeter({ level, muted }: { level: () => number; muted: boolean }) {
  const ref = useRef<HTMLSpanElement>(null);
  const ask = useRef(level);
  ask.current = level;
  useEffect(() => {
    let frame = 0;
    let shown = 0;
    const draw = () => {
      shown = Math.max(ask.current(), shown * 0.9);
      if (ref.current) ref.current.style.transform = `scaleX(${muted ? 0 : Math.min(1, shown * 1.6)})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [muted]);
  return (
    <span aria-hidden="true" className="block h-2 w-28 overflow-hidden rounded-full bg-current/25">
      <span ref={ref} className="block h-full origin-left bg-current" />
    </span>
  );
}
