import { useRef, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Button, ButtonLink, Card, ErrorNote, Icon, IconButton, Note, Progress } from '../../ui/index.ts';
import { CoverField } from './cover_field.tsx';
import { DetailsForm, WhenField } from './details_form.tsx';
import { FEED_S } from './examine.ts';
import { useMegabytes } from './megabytes.ts';
import { cancelUpload, decide, pauseUpload, resumeUpload } from './uploader.ts';
import { changeUpload, dropUpload, type Upload } from './uploads.ts';

/** One file on its way: what it is, how far it is, and what its post will say. */
export function UploadCard({ upload }: { upload: Upload }) {
  const { t } = useText();
  const player = useRef<HTMLVideoElement>(null);
  const [shown, setShown] = useState(true);
  const { id, url, facts, phase } = upload;
  if (phase === 'done') return <DoneCard upload={upload} />;
  if (phase === 'refused') return <RefusedCard upload={upload} />;
  return (
    <Card className="grid gap-6 md:grid-cols-[13rem_1fr]">
      <div className="grid content-start gap-4 max-md:grid-cols-[6rem_1fr] max-md:items-center">
        {url && shown ? (
          // biome-ignore lint/a11y/useMediaCaption: a preview of one's own file, before there are captions
          <video
            ref={player}
            src={url}
            controls
            playsInline
            preload="metadata"
            aria-label={t('posting.preview', { name: upload.name })}
            onError={() => setShown(false)}
            className="aspect-[9/16] w-full rounded-lg bg-black object-contain"
          />
        ) : (
          <div className="flex aspect-[9/16] w-full items-center justify-center rounded-lg bg-raised text-soft">
            <Icon name="play" className="size-8" />
          </div>
        )}
        <div className="min-w-0">
          <p className="break-words font-semibold">{upload.name}</p>
          {facts && <FileFacts upload={upload} />}
        </div>
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <Course upload={upload} />
        {facts && url && shown && (
          <CoverField
            player={player}
            url={url}
            duration_s={facts.duration_s}
            cover={upload.cover}
            onChange={(cover) => changeUpload(id, { cover })}
          />
        )}
        <DetailsForm
          details={upload.details}
          onChange={(change) => changeUpload(id, { details: { ...upload.details, ...change } })}
        />
        <Decision upload={upload} />
      </div>
    </Card>
  );
}

/** What cannot be taken: why, and what would work. */
function RefusedCard({ upload }: { upload: Upload }) {
  const { t } = useText();
  const { id, name, why, error } = upload;
  return (
    <Card className="grid gap-4">
      <p className="break-words font-semibold">{name}</p>
      {error ? (
        <ErrorNote error={error} />
      ) : (
        <div role="alert" className="flex items-start gap-3 rounded-md bg-bad-wash px-4 py-3 text-sm">
          <Icon name="alert" className="mt-0.5 text-bad" />
          <div>
            <p className="font-semibold">{t(`posting.refused_${why}`)}</p>
            <p className="mt-0.5">{t(`posting.refused_${why}_text`)}</p>
          </div>
        </div>
      )}
      <Button className="justify-self-start" onClick={() => dropUpload(id)}>
        {t('posting.put_away')}
      </Button>
    </Card>
  );
}

function FileFacts({ upload }: { upload: Upload }) {
  const format = useFormat();
  const megabytes = useMegabytes();
  const { facts, file } = upload;
  if (!facts) return null;
  const size = facts.width ? `${facts.width} × ${facts.height}` : null;
  return (
    <p className="tabular text-soft text-sm">
      {[format.duration(facts.duration_s), size, file && megabytes(file.size)].filter(Boolean).join(' · ')}
    </p>
  );
}

/** How far it is, in numbers, and what stops it. */
function Course({ upload }: { upload: Upload }) {
  const { t } = useText();
  const format = useFormat();
  const megabytes = useMegabytes();
  const { id, phase, done, of, speed, facts } = upload;
  if (phase === 'failed') {
    return (
      <div className="grid gap-3">
        <ErrorNote error={upload.error} onRetry={() => resumeUpload(id)} />
        <Button size="sm" className="justify-self-start" icon="trash" onClick={() => cancelUpload(id)}>
          {t('posting.cancel')}
        </Button>
      </div>
    );
  }
  const bytes = phase === 'sending' || phase === 'paused';
  const rest = speed && of > done ? format.duration((of - done) / speed) : null;
  const percent = `${of ? Math.floor((done / of) * 100) : 0} %`;
  const note = bytes
    ? [`${megabytes(done)} / ${megabytes(of)}`, rest && t('posting.rest', { time: rest })].filter(Boolean).join(' · ')
    : percent;
  return (
    <div className="grid gap-3">
      <div className="flex items-end gap-2">
        <div className="min-w-0 grow" aria-live="off">
          {phase === 'ready' || phase === 'packaging' || phase === 'examining' ? (
            <p role="status" className="flex min-h-9 items-center gap-2 font-medium text-sm">
              <Icon
                name={phase === 'ready' ? 'check' : 'clock'}
                className={phase === 'ready' ? 'text-good' : 'text-soft'}
              />
              {t(`posting.phase_${phase}`)}
            </p>
          ) : (
            <Progress value={Math.round(done)} max={of} label={t(`posting.phase_${phase}`)} note={note} />
          )}
        </div>
        {phase === 'sending' && (
          <IconButton icon="pause" size="sm" label={t('posting.pause')} onClick={() => pauseUpload(id)} />
        )}
        {phase === 'paused' && (
          <IconButton icon="play" size="sm" label={t('posting.resume')} onClick={() => resumeUpload(id)} />
        )}
        <IconButton icon="trash" size="sm" label={t('posting.cancel')} onClick={() => cancelUpload(id)} />
      </div>
      {upload.verdict?.kind === 'convert' && <Note>{t(`posting.convert_${upload.verdict.why}`)}</Note>}
      {facts && facts.duration_s > FEED_S.to && <Note>{t('posting.long')}</Note>}
      {facts && facts.duration_s < FEED_S.from && <Note>{t('posting.short')}</Note>}
    </div>
  );
}

function Decision({ upload }: { upload: Upload }) {
  const { t } = useText();
  const [at, setAt] = useState<string | null>(null);
  const { id, wish } = upload;
  const publish = wish?.kind === 'publish';
  return (
    <div className="grid gap-4">
      <WhenField at={at} onChange={setAt} />
      {upload.phase !== 'failed' && <ErrorNote error={upload.error} />}
      {wish && <Note tone="good">{t(publish ? 'posting.will_publish' : 'posting.will_draft')}</Note>}
      <div className="flex flex-wrap gap-3">
        <Button
          tone="accent"
          size="lg"
          className="grow"
          busy={publish && upload.phase === 'ready'}
          onClick={() => decide(id, { kind: 'publish', at })}
        >
          {t(at ? 'posting.schedule' : 'posting.publish')}
        </Button>
        <Button size="lg" className="grow" onClick={() => decide(id, { kind: 'draft' })}>
          {t('posting.save_draft')}
        </Button>
      </div>
    </div>
  );
}

function DoneCard({ upload }: { upload: Upload }) {
  const { t } = useText();
  const { wish, video_id } = upload;
  const published = wish?.kind === 'publish' && !wish.at;
  const says = published ? 'published' : wish?.kind === 'publish' ? 'scheduled' : 'drafted';
  return (
    <Card className="flex flex-wrap items-center gap-4">
      <Icon name="check" className="size-7 text-good" />
      <div className="min-w-0 grow basis-48" role="status">
        <p className="font-semibold">{t(`posting.done_${says}`)}</p>
        <p className="truncate text-soft text-sm">{upload.details.caption || upload.name}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {published && <ButtonLink to={`/videos/${video_id}`}>{t('posting.watch')}</ButtonLink>}
        <ButtonLink to="/studio/posts">{t('posting.to_posts')}</ButtonLink>
      </div>
    </Card>
  );
}
