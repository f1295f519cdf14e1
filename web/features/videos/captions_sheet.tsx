import { useEffect, useId, useRef, useState } from 'react';
import { queryClient } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, buttonClass, cx, ErrorNote, Loading, Note, Select, Sheet } from '../../ui/index.ts';
import { startPlayback } from '../media/playback.ts';
import { CueList } from './cue_list.tsx';
import { type Cue, faultsOf, readVtt, writeVtt } from './cues.ts';
import { deleteCaptions, type OwnVideo, putCaptions } from './data.ts';
import { LANGUAGES } from './details_form.tsx';

/** Captions of a post: brought as a file, or written beside the running picture. */
export function CaptionsSheet({ video, onClose }: { video: OwnVideo | null; onClose: () => void }) {
  const { t } = useText();
  const [shown, setShown] = useState(video);
  useEffect(() => {
    if (video) setShown(video);
  }, [video]);
  return (
    <Sheet open={video !== null} onClose={onClose} title={t('posting.captions')} wide>
      {video && shown && <Editor key={shown.video_id} video={shown} onDone={onClose} />}
    </Sheet>
  );
}

function Editor({ video, onDone }: { video: OwnVideo; onDone: () => void }) {
  const { locale } = useText();
  const [language, setLanguage] = useState(video.captions[0]?.language ?? video.language ?? locale);
  const [loaded, setLoaded] = useState<{ language: string; cues: Cue[] } | null>(null);
  const known = video.captions.find((one) => one.language === language);

  useEffect(() => {
    let gone = false;
    const read = async () => (known ? (readVtt(await (await fetch(known.url)).text()) ?? []) : []);
    read()
      .catch(() => [])
      .then((cues) => gone || setLoaded({ language, cues }));
    return () => {
      gone = true;
    };
  }, [language, known]);

  if (loaded?.language !== language) return <Loading />;
  return (
    <Cues
      key={language}
      video={video}
      language={language}
      known={known !== undefined}
      first={loaded.cues}
      onLanguage={setLanguage}
      onDone={onDone}
    />
  );
}

interface CuesProps {
  video: OwnVideo;
  language: string;
  known: boolean;
  first: Cue[];
  onLanguage: (language: string) => void;
  onDone: () => void;
}

function Cues({ video, language, known, first, onLanguage, onDone }: CuesProps) {
  const { t, locale } = useText();
  const player = useRef<HTMLVideoElement>(null);
  const [cues, setCues] = useState(first);
  const [now_ms, setNow] = useState(0);
  const [unreadable, setUnreadable] = useState(false);
  const [busy, setBusy] = useState<'save' | 'delete' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const faults = faultsOf(cues, video.duration_ms ?? 0);
  const names = new Intl.DisplayNames([locale], { type: 'language' });

  const run = async (what: 'save' | 'delete') => {
    setBusy(what);
    setError(null);
    try {
      if (what === 'save') await putCaptions(video.video_id, language, writeVtt(cues));
      else await deleteCaptions(video.video_id, language);
      await queryClient.invalidateQueries();
      onDone();
    } catch (failed) {
      setError(failed);
    }
    setBusy(null);
  };
  const read = async (file: File) => {
    const found = readVtt(await file.text());
    setUnreadable(found === null);
    if (found) setCues(found);
  };
  const shown = cues.find(({ from_ms, to_ms }) => now_ms >= from_ms && now_ms < to_ms);
  return (
    <div className="grid gap-5">
      <div className="grid gap-5 sm:grid-cols-[11rem_1fr]">
        <Preview video={video} player={player} text={shown?.text ?? null} onTime={setNow} />
        <div className="grid content-start gap-4">
          <Select
            label={t('posting.language')}
            value={language}
            onChange={onLanguage}
            choices={[...new Set([language, ...LANGUAGES])].map((value) => ({
              value,
              label: names.of(value) ?? value,
            }))}
          />
          <CaptionFile onFile={(file) => void read(file)} />
          {unreadable && <Note icon="alert">{t('posting.captions_unreadable')}</Note>}
          <p className="text-soft text-sm">{t('posting.captions_hint')}</p>
        </div>
      </div>
      <CueList
        cues={cues}
        faults={faults}
        now={() => Math.round((player.current?.currentTime ?? 0) * 1_000)}
        duration_ms={video.duration_ms ?? 0}
        onChange={setCues}
        onShow={(ms) => {
          if (player.current) player.current.currentTime = ms / 1_000;
        }}
      />
      <ErrorNote error={error} />
      <div className="flex flex-wrap gap-3">
        <Button
          tone="accent"
          className="grow"
          busy={busy === 'save'}
          disabled={cues.length === 0 || faults.size > 0}
          onClick={() => void run('save')}
        >
          {t('posting.captions_save')}
        </Button>
        {known && (
          <Button tone="danger" busy={busy === 'delete'} onClick={() => void run('delete')}>
            {t('posting.captions_delete')}
          </Button>
        )}
      </div>
    </div>
  );
}

function CaptionFile({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useText();
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cx(buttonClass('plain'), 'cursor-pointer justify-self-start has-focus-visible:outline-2')}
    >
      {t('posting.captions_file')}
      <input
        id={id}
        type="file"
        accept=".vtt,.srt,text/vtt"
        className="sr-only"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          target.value = '';
        }}
      />
    </label>
  );
}

interface PreviewProps {
  video: OwnVideo;
  player: React.RefObject<HTMLVideoElement | null>;
  text: string | null;
  onTime: (ms: number) => void;
}

/** The running picture with the caption of the moment, as viewers will read it. */
function Preview({ video, player, text, onTime }: PreviewProps) {
  const { t } = useText();
  const { playlist_url } = video;
  useEffect(() => {
    const element = player.current;
    if (!element || !playlist_url) return;
    const playing = startPlayback(element, {
      url: playlist_url,
      live: false,
      isOver: async () => true,
      onState: () => {},
    });
    // Nobody asked for it to run: it is started by hand.
    void playing.then(() => element.pause());
    return () => void playing.then(({ stop }) => stop());
  }, [player, playlist_url]);
  return (
    <div className="relative mx-auto w-44 overflow-hidden rounded-lg bg-black sm:w-full">
      {/* biome-ignore lint/a11y/useMediaCaption: its captions are what is being written here */}
      <video
        ref={player}
        controls
        playsInline
        aria-label={t('posting.preview', { name: video.caption || video.upload.file_name })}
        onTimeUpdate={({ currentTarget }) => onTime(currentTarget.currentTime * 1_000)}
        className="aspect-[9/16] w-full object-contain"
      />
      {text && (
        <p className="pointer-events-none absolute inset-x-2 bottom-14 text-center">
          <span className="whitespace-pre-line rounded-sm bg-black/75 box-decoration-clone px-2 py-1 text-sm text-white">
            {text}
          </span>
        </p>
      )}
    </div>
  );
}
