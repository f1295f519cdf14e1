import { type DragEvent, useEffect, useId, useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { SignedOut } from '../../signed_out.tsx';
import { useText } from '../../text.ts';
import { Button, ButtonLink, buttonClass, cx, Icon, Loading, Note, Page, Section } from '../../ui/index.ts';
import { newDetails } from './details_form.tsx';
import { fingerprintOf, forget, type Kept, listKept } from './kept.ts';
import { UploadCard } from './upload_card.tsx';
import { continueKept, showKept, startUpload } from './uploader.ts';
import { dropUpload, useUploads } from './uploads.ts';
import './videos.css';

const TYPES = 'video/*,.mkv,.mov,.mp4,.webm,.m4v';
const MOST_AT_ONCE = 10;

/** `/studio/upload`: files become posts. */
export default function UploadPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  if (loading) return <Loading />;
  return (
    <Page
      title={t('posting.upload')}
      intro={t('posting.upload_intro')}
      back="/studio"
      actions={
        me && (
          <>
            <ButtonLink to="/studio/record" icon="camera">
              {t('posting.record')}
            </ButtonLink>
            <ButtonLink to="/studio/posts">{t('posting.posts')}</ButtonLink>
          </>
        )
      }
    >
      {me ? (
        <Uploads person_id={me.person_id} />
      ) : (
        <SignedOut icon="upload" title={t('posting.signed_out')} text={t('posting.signed_out_text')} />
      )}
    </Page>
  );
}

function Uploads({ person_id }: { person_id: string }) {
  const { t, locale } = useText();
  const all = useUploads();
  const [kept, setKept] = useState<Kept[]>([]);
  const [too_many, setTooMany] = useState(false);

  useEffect(() => {
    void listKept(person_id).then((found) => {
      setKept(found);
      for (const one of found) showKept(one);
    });
  }, [person_id]);

  const take = (files: File[]) => {
    setTooMany(files.length > MOST_AT_ONCE);
    for (const file of files.slice(0, MOST_AT_ONCE)) startUpload({ file, person_id, details: newDetails(locale) });
  };
  const left = all.filter(({ phase }) => phase === 'left');
  const open = all.filter(({ phase }) => phase !== 'left');
  return (
    <div className="grid gap-6">
      <DropZone onFiles={take} small={open.length > 0} />
      {too_many && <Note icon="alert">{t('posting.too_many', { n: MOST_AT_ONCE })}</Note>}
      {left.length > 0 && (
        <Section title={t('posting.left')} text={t('posting.left_text')} className="mt-0">
          <ul className="grid gap-3">
            {left.map(({ id }) => {
              const one = kept.find((each) => each.id === id);
              return one && <LeftOver key={id} kept={one} />;
            })}
          </ul>
        </Section>
      )}
      {open.toReversed().map((upload) => (
        <UploadCard key={upload.id} upload={upload} />
      ))}
    </div>
  );
}

/** A place for files to fall into; a button for everyone else. */
function DropZone({ onFiles, small }: { onFiles: (files: File[]) => void; small: boolean }) {
  const { t } = useText();
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a further way; the button inside is the first
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex flex-col items-center gap-4 rounded-xl border-2 border-dashed text-center transition-colors',
        small ? 'px-4 py-5' : 'px-5 py-12 md:py-20',
        over ? 'border-accent-text bg-accent-wash' : 'border-line',
      )}
    >
      {!small && (
        <>
          <span className="arch flex h-20 w-16 items-center justify-center bg-accent-wash text-accent-text">
            <Icon name="upload" className="mt-2 size-7" />
          </span>
          <div>
            <p className="font-bold text-lg">{t('posting.drop')}</p>
            <p className="mx-auto mt-1 max-w-md text-soft text-sm">{t('posting.drop_text')}</p>
          </div>
        </>
      )}
      <label
        htmlFor={id}
        className={cx(
          buttonClass(small ? 'plain' : 'accent', small ? 'md' : 'lg'),
          'cursor-pointer has-focus-visible:outline-2',
        )}
      >
        {t(small ? 'posting.choose_more' : 'posting.choose')}
        <input
          id={id}
          type="file"
          accept={TYPES}
          multiple
          className="sr-only"
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </label>
    </div>
  );
}

/** Left over from an earlier visit: go on, with the file kept here or chosen once more. */
function LeftOver({ kept }: { kept: Kept }) {
  const { t } = useText();
  const id = useId();
  const [other, setOther] = useState(false);
  const go = (file: File | null) => {
    if (file && fingerprintOf(file) !== kept.fingerprint) return setOther(true);
    void continueKept(kept, file);
  };
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-lg border border-line p-4">
      <div className="min-w-0 grow basis-56">
        <p className="break-words font-semibold">{kept.name}</p>
        <p className="text-soft text-sm" role="status">
          {t(other ? 'posting.other_file' : kept.file ? 'posting.left_kept' : 'posting.left_choose')}
        </p>
      </div>
      {kept.file ? (
        <Button tone="accent" onClick={() => go(null)}>
          {t('posting.go_on')}
        </Button>
      ) : (
        <label htmlFor={id} className={cx(buttonClass('accent'), 'cursor-pointer has-focus-visible:outline-2')}>
          {t('posting.choose_again')}
          <input
            id={id}
            type="file"
            accept={TYPES}
            className="sr-only"
            onChange={({ target }) => go(target.files?.[0] ?? null)}
          />
        </label>
      )}
      <Button
        tone="quiet"
        onClick={() => {
          void forget(kept.id);
          dropUpload(kept.id);
        }}
      >
        {t('posting.discard')}
      </Button>
    </li>
  );
}
