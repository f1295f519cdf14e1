import { type FormEvent, useEffect, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, Choices, ErrorNote, IconButton, Note, Page, Select, TextField } from '../../ui/index.ts';
import { chooseCodecs } from '../media/codecs.ts';
import type { Camera } from '../media/use_camera.ts';
import { CameraView } from './camera_view.tsx';
import { OwnChatRules } from './chat_rules_sheet.tsx';
import { EncoderAddress } from './encoder_address.tsx';

export interface LiveWish {
  title: string;
  language: 'de' | 'en';
}

/** What makes the picture: this page's camera, or OBS and the like. */
export type LiveSource = 'camera' | 'encoder';

interface GoLiveSetupProps {
  camera: Camera;
  /** The plan this live stands on: it has a name and a language already. */
  plan?: { title: string; language: string } | undefined;
  onStart: (wish: LiveWish) => Promise<void>;
  source: LiveSource;
  onSource: (source: LiveSource) => void;
}

/** Before the live: the camera as viewers will have it, and the room's name. */
export function GoLiveSetup({ camera, plan, onStart, source, onSource }: GoLiveSetupProps) {
  const { t, locale } = useText();
  const [title, setTitle] = useState(plan?.title ?? '');
  const [language, setLanguage] = useState<LiveWish['language']>(
    plan?.language === 'de' || plan?.language === 'en' ? plan.language : locale,
  );
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  // Loads the encoders while the host is still writing: the button then starts at once.
  useEffect(() => void chooseCodecs().catch(() => null), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    await onStart({ title: title.trim(), language }).catch(setError);
    setBusy(false);
  };

  return (
    <Page title={t('golive.title')} intro={t('golive.intro')}>
      <div className="grid gap-6 md:grid-cols-[minmax(0,22rem)_1fr] md:gap-10">
        {source === 'encoder' ? (
          <EncoderAddress />
        ) : (
          <CameraView camera={camera} className="aspect-[9/14] w-full rounded-2xl max-md:max-h-[52vh]">
            <span className="absolute right-3 bottom-3">
              <IconButton icon="flip" tone="glass" label={t('golive.flip')} onClick={camera.flip} />
            </span>
          </CameraView>
        )}
        <form onSubmit={submit} className="flex flex-col gap-5">
          <Choices
            label={t('encoder.source')}
            look="chips"
            value={source}
            onChange={onSource}
            choices={[
              { value: 'camera', label: t('encoder.source_camera') },
              { value: 'encoder', label: t('encoder.source_encoder') },
            ]}
          />
          <TextField
            label={t('golive.name')}
            hint={t('golive.name_hint')}
            value={title}
            onChange={setTitle}
            maxLength={100}
            autoComplete="off"
            disabled={plan !== undefined}
          />
          <Select
            label={t('golive.language')}
            value={language}
            onChange={setLanguage}
            disabled={plan !== undefined}
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
            busy={busy}
            disabled={(source === 'camera' && !camera.stream) || !title.trim()}
          >
            {t('golive.start')}
          </Button>
          {source === 'camera' && <p className="text-soft text-sm">{t('golive.promise')}</p>}
        </form>
      </div>
    </Page>
  );
}
