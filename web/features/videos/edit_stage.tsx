import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, Icon, Loading, Note, Page, Progress } from '../../ui/index.ts';
import { CoverField } from './cover_field.tsx';
import { examine, type Facts } from './examine.ts';
import { type Cut, FULL, type Rendering, render } from './render.ts';
import { TrimField } from './trim_field.tsx';
import type { Words } from './words.ts';
import { WordsFields } from './words_fields.tsx';
import { WordsLayer } from './words_layer.tsx';
import './videos.css';

interface EditStageProps {
  film: File;
  onBack: () => void;
  onDone: (file: File, cover: Blob | null) => void;
}

/** A film is cut, gets words and a cover, and goes on to its post. */
export function EditStage({ film, onBack, onDone }: EditStageProps) {
  const { t } = useText();
  const [facts, setFacts] = useState<Facts | null | undefined>(undefined);
  useEffect(() => void examine(film).then(setFacts), [film]);
  return (
    // Nothing stands around it on a phone but the note of demo money, which lies above the page.
    <div className="max-md:pt-6">
      <Page
        title={t('posting.edit_film')}
        actions={
          <Button icon="left" onClick={onBack}>
            {t('posting.back_to_film')}
          </Button>
        }
      >
        {facts === undefined && <Loading />}
        {facts === null && <Note icon="alert">{t('posting.refused_unreadable')}</Note>}
        {facts && <Editor film={film} facts={facts} onDone={onDone} />}
      </Page>
    </div>
  );
}

function Editor({ film, facts, onDone }: { film: File; facts: Facts; onDone: EditStageProps['onDone'] }) {
  const { t } = useText();
  const { duration_s } = facts;
  const player = useRef<HTMLVideoElement>(null);
  const url = useMemo(() => URL.createObjectURL(film), [film]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const [cut, setCut] = useState<Cut>({ from_s: 0, to_s: duration_s });
  const [words, setWords] = useState<readonly Words[]>([]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [cover, setCover] = useState<Blob | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const rendering = useRef<Rendering | null>(null);
  const size = useMemo(() => ({ width: facts.width, height: facts.height }), [facts]);

  const change = (at: number, next: Partial<Words>) =>
    setWords(words.map((one, i) => (i === at ? { ...one, ...next } : one)));
  const is_cut = cut.from_s > 0 || cut.to_s < duration_s - 0.05;
  const said = words.filter(({ text }) => text.trim());
  const finish = async () => {
    if (!is_cut && said.length === 0) return onDone(film, cover);
    setShare(0);
    setFailed(false);
    rendering.current = render(film, facts, { ...FULL, anew: true, cut, words: said }, setShare);
    try {
      const made = await rendering.current.file;
      // A cover with the words on it is taken from what was made.
      onDone(new File([made], film.name, { type: 'video/mp4' }), said.length > 0 ? null : cover);
    } catch {
      setFailed(rendering.current !== null);
    }
    setShare(null);
  };
  const cancel = () => {
    const running = rendering.current;
    rendering.current = null;
    running?.cancel();
  };

  return (
    <div className="grid gap-6 md:grid-cols-[18rem_1fr] md:gap-10">
      <div
        className="relative mx-auto w-full max-w-60 self-start overflow-hidden rounded-xl bg-black md:max-w-none"
        style={{ aspectRatio: `${facts.width} / ${facts.height}` }}
      >
        {/* biome-ignore lint/a11y/useMediaCaption: a film of one's own, before there are captions */}
        <video
          ref={player}
          src={url}
          playsInline
          loop
          aria-label={t('posting.preview', { name: film.name })}
          onTimeUpdate={({ currentTarget: video }) => {
            if (!video.paused && (video.currentTime >= cut.to_s || video.currentTime < cut.from_s - 0.1)) {
              video.currentTime = cut.from_s;
            }
          }}
          className="size-full object-contain"
        />
        <WordsLayer words={words} chosen={chosen} onChoose={setChosen} onMove={change} size={size} />
        <PlayButton player={player} />
      </div>
      <div className="grid content-start gap-6">
        <TrimField
          url={url}
          duration_s={duration_s}
          cut={cut}
          onChange={setCut}
          onShow={(at_s) => {
            player.current?.pause();
            if (player.current) player.current.currentTime = at_s;
          }}
        />
        <WordsFields words={words} chosen={chosen} onChoose={setChosen} onWords={setWords} onChange={change} />
        {said.length === 0 && (
          <CoverField player={player} url={url} duration_s={duration_s} cover={cover} onChange={setCover} />
        )}
        {failed && <Note icon="alert">{t('posting.refused_convert_failed')}</Note>}
        {share === null ? (
          <Button tone="accent" size="lg" onClick={() => void finish()}>
            {t('posting.next')}
          </Button>
        ) : (
          <div className="grid gap-3">
            <Progress
              label={t('posting.rendering')}
              value={Math.round(share * 100)}
              max={100}
              note={`${Math.floor(share * 100)} %`}
            />
            <Button onClick={cancel}>{t('ui.cancel')}</Button>
          </div>
        )}
      </div>
    </div>
  );
}

function PlayButton({ player }: { player: React.RefObject<HTMLVideoElement | null> }) {
  const { t } = useText();
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    const video = player.current;
    if (!video) return;
    const look = () => setPlaying(!video.paused);
    video.addEventListener('play', look);
    video.addEventListener('pause', look);
    return () => {
      video.removeEventListener('play', look);
      video.removeEventListener('pause', look);
    };
  }, [player]);
  return (
    <button
      type="button"
      aria-label={t(playing ? 'posting.stop_preview' : 'posting.play_preview')}
      onClick={() => (playing ? player.current?.pause() : void player.current?.play())}
      className="absolute bottom-3 left-3 flex size-11 items-center justify-center rounded-full bg-black/55 text-white backdrop-blur-md"
    >
      <Icon name={playing ? 'pause' : 'play'} />
    </button>
  );
}
