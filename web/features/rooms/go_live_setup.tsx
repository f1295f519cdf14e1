import { type FormEvent, useEffect, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, Choices, ErrorNote, IconButton, Note, Page, Select, TextField } from '../../ui/index.ts';
import { chooseCodecs } from '../media/codecs.ts';
import type { Camera } from '../media/use_camera.ts';
import { CameraView } from './camera_view.tsx';
import { OwnChatRules } from './chat_rules_sheet.tsx';
import { EncoderAddress } from './encoder_address.tsx';
import { ExternalText, useOffersExternal } from './external_source.tsx';

export interface LiveWish {
  title: string;
  language: 'de' | 'en';
  /** Where the pictures lie, when they are not sent to the house. */
  playlist_url?: string;
}

/** What makes the picture: this page's camera, OBS and the like, or somebody else, who has it already. */
export type LiveSource = 'camera' | 'encoder' | 'external';

interface GoLiveSetupProps {
  camera: Camera;
  /** The plan this live stands on: it has a name and a language already. */
  plan?: { title: string; language: string } | undefined;
  /** A live of one's own that still runs, from a page that was left. */
  running?: { room_id: string; title: string; language: string } | undefined;
  onEnd: (room_id: string) => Promise<void>;
  /** What was typed before a rehearsal. */
  draft?: LiveWish | undefined;
  onStart: (wish: LiveWish) => Promise<void>;
  onRehearse: (wish: LiveWish) => Promise<void>;
  source: LiveSource;
  onSource: (source: LiveSource) => void;
}

/** Before the live: the camera as viewers will have it, and the room's name. */
export function GoLiveSetup(props: GoLiveSetupProps) {
  const { camera, plan, running, draft, onStart, onRehearse, onEnd, source, onSource } = props;
  const { t, locale } = useText();
  const fixed = running ?? plan;
  const known = fixed ?? draft;
  const [title, setTitle] = useState(known?.title ?? '');
  const [language, setLanguage] = useState<LiveWish['language']>(
    known?.language === 'de' || known?.language === 'en' ? known.language : locale,
  );
  const [playlist, setPlaylist] = useState('');
  const external = useOffersExternal() && fixed === undefined;
  const [busy, setBusy] = useState<'start' | 'rehearse' | null>(null);
  const [error, setError] = useState<unknown>(null);

  // Loads the encoders while the host is still writing: the button then starts at once.
  useEffect(() => void chooseCodecs().catch(() => null), []);

  const act = async (what: 'start' | 'rehearse') => {
    setBusy(what);
    setError(null);
    const from = source === 'external' ? { playlist_url: playlist.trim() } : {};
    const wish = { title: title.trim(), language, ...from };
    await { start: onStart, rehearse: onRehearse }[what](wish).catch(setError);
    setBusy(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act('start');
  };

  return (
    <Page title={t('golive.title')} intro={t('golive.intro')}>
      <div className="grid gap-6 md:grid-cols-[minmax(0,22rem)_1fr] md:gap-10">
        {source === 'encoder' && <EncoderAddress />}
        {source === 'external' && <ExternalText />}
        {source === 'camera' && (
          <CameraView camera={camera} className="aspect-[9/14] w-full rounded-2xl max-md:max-h-[52vh]">
            <span className="absolute right-3 bottom-3">
              <IconButton icon="flip" tone="glass" label={t('golive.flip')} onClick={camera.flip} />
            </span>
          </CameraView>
        )}
        <form onSubmit={submit} className="flex flex-col gap-5">
          {running && <StillRunning title={running.title} onEnd={() => onEnd(running.room_id)} />}
          <Choices
            label={t('encoder.source')}
            look="chips"
            value={source}
            onChange={onSource}
            choices={[
              { value: 'camera', label: t('encoder.source_camera') },
              { value: 'encoder', label: t('encoder.source_encoder') },
              ...(external ? [{ value: 'external' as const, label: t('external.source') }] : []),
            ]}
          />
          {source === 'external' && (
            <TextField
              label={t('external.address')}
              hint={t('external.address_hint')}
              type="url"
              value={playlist}
              onChange={setPlaylist}
              maxLength={2_000}
              autoComplete="off"
            />
          )}
          <TextField
            label={t('golive.name')}
            hint={t('golive.name_hint')}
            value={title}
            onChange={setTitle}
            maxLength={100}
            autoComplete="off"
            disabled={fixed !== undefined}
          />
          <Select
            label={t('golive.language')}
            value={language}
            onChange={setLanguage}
            disabled={fixed !== undefined}
            choices={[
              { value: 'de', label: 'Deutsch' },
              { value: 'en', label: 'English' },
            ]}
          />
          <OwnChatRules />
          {source === 'camera' && camera.without_microphone && (
            <Note icon="micOff">{t('golive.without_microphone')}</Note>
          )}
          <ErrorNote error={error} />
          <Button
            tone="accent"
            size="lg"
            icon="live"
            submit
            busy={busy === 'start'}
            disabled={
              busy !== null ||
              (source === 'camera' && !camera.stream) ||
              (source === 'external' && !playlist.trim()) ||
              !title.trim()
            }
          >
            {t(running ? 'golive.go_on' : 'golive.start')}
          </Button>
          {source === 'camera' && !running && (
            <Button
              icon="eyeOff"
              busy={busy === 'rehearse'}
              disabled={busy !== null || !camera.stream || !title.trim()}
              onClick={() => void act('rehearse')}
            >
              {t('rehearsal.begin')}
            </Button>
          )}
          {source === 'camera' && <p className="text-soft text-sm">{t('golive.promise')}</p>}
        </form>
      </div>
    </Page>
  );
}

/** Nobody should wonder whether they are on air. */
function StillRunning({ title, onEnd }: { title: string; onEnd: () => Promise<void> }) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    await onEnd();
    setBusy(false);
  };
  return (
    <Note tone="accent" icon="live">
      <p className="font-semibold">{t('golive.still_running', { title })}</p>
      <p>{t('golive.still_running_text')}</p>
      <Button size="sm" icon="stop" busy={busy} className="mt-2" onClick={() => void end()}>
        {t('golive.end')}
      </Button>
    </Note>
  );
}
