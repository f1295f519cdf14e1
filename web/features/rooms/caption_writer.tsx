import { RoomRefusal } from '@souk/sdk/room';
import { type FormEvent, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, Note, Select, TextField } from '../../ui/index.ts';
import type { LeadProps } from './lead_tools.tsx';
import { hearsSpeech } from './speech.ts';
import { useSpeechCaptions } from './use_speech_captions.ts';

/** Captions: by the browser's ear where it has one, typed by the host or a helper everywhere. */
export function CaptionWriter({ view, mediaTime, request, hears }: LeadProps) {
  const { t, locale } = useText();
  const [text, setText] = useState('');
  const [error, setError] = useState<unknown>(null);
  const speech = useSpeechCaptions();
  const [language, setLanguage] = useState<'de' | 'en'>(speech.language ?? locale);
  const last = view.cues.findLast((event) => event.type === 'caption');

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return;
    setText('');
    const media_at = mediaTime()?.toISOString();
    try {
      await request({ type: 'caption.send', text: said, language, ...(media_at && { media_at }) });
      setError(null);
    } catch (failed) {
      setText((now) => now || said);
      setError(failed instanceof RoomRefusal ? failed.problem : failed);
    }
  };

  return (
    <div className="flex flex-col gap-5 pt-1">
      <Select
        label={t('golive.language')}
        value={language}
        onChange={(next) => {
          setLanguage(next);
          if (speech.on) speech.start(next, { mediaTime, request });
        }}
        choices={[
          { value: 'de', label: 'Deutsch' },
          { value: 'en', label: 'English' },
        ]}
      />
      {hears && hearsSpeech() && (
        <Checkbox
          kind="switch"
          label={t('talk.captions_hear')}
          hint={t('talk.captions_hear_hint')}
          checked={speech.on}
          onChange={(on) => (on ? speech.start(language, { mediaTime, request }) : speech.stop())}
        />
      )}
      {hears && !hearsSpeech() && <Note>{t('talk.captions_deaf')}</Note>}
      {speech.failed && <Note icon="alert">{t('talk.captions_failed')}</Note>}
      <form onSubmit={send} className="flex items-end gap-2">
        <TextField
          label={t('talk.captions_type')}
          hint={hears ? t('talk.captions_helper') : undefined}
          value={text}
          onChange={setText}
          maxLength={200}
          autoComplete="off"
          className="grow"
        />
        <Button submit tone="accent" icon="send" aria-label={t('talk.captions_send')} disabled={!text.trim()}>
          <span className="max-sm:sr-only">{t('talk.captions_send')}</span>
        </Button>
      </form>
      <ErrorNote error={error} />
      {last?.type === 'caption' && (
        <p className="text-soft text-sm">
          {t('talk.captions_last')} <span className="text-ink">{last.text}</span>
        </p>
      )}
    </div>
  );
}
