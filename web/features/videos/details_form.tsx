import { useId, useState } from 'react';
import { useText } from '../../text.ts';
import { Checkbox, Choices, Select, TextField } from '../../ui/index.ts';
import { CaptionField } from './caption_field.tsx';
import type { Details } from './uploads.ts';

export const LANGUAGES = ['de', 'en', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'tr', 'ja', 'ar', 'uk'] as const;

export const newDetails = (language: string): Details => ({
  caption: '',
  language,
  visibility: 'everyone',
  who_comments: 'everyone',
  may_duet: true,
});

interface DetailsFormProps {
  details: Details;
  onChange: (change: Partial<Details>) => void;
}

/** What a post says, and for whom it is. */
export function DetailsForm({ details, onChange }: DetailsFormProps) {
  const { t, locale } = useText();
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  const languages = [...new Set([details.language, ...LANGUAGES])];
  return (
    <div className="grid gap-5">
      <CaptionField value={details.caption} onChange={(caption) => onChange({ caption })} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Select
          label={t('posting.visibility')}
          value={details.visibility}
          onChange={(visibility) => onChange({ visibility })}
          choices={(['everyone', 'followers', 'friends', 'me'] as const).map((value) => ({
            value,
            label: t(`posting.for_${value}`),
          }))}
        />
        <Select
          label={t('posting.who_comments')}
          value={details.who_comments}
          onChange={(who_comments) => onChange({ who_comments })}
          choices={(['everyone', 'followers', 'friends', 'nobody'] as const).map((value) => ({
            value,
            label: t(`posting.for_${value}`),
          }))}
        />
        <Select
          label={t('posting.language')}
          value={details.language}
          onChange={(language) => onChange({ language })}
          choices={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
        />
      </div>
      <Checkbox
        label={t('posting.may_duet')}
        hint={t('posting.may_duet_hint')}
        checked={details.may_duet}
        onChange={(may_duet) => onChange({ may_duet })}
      />
    </div>
  );
}

const two = (n: number) => String(n).padStart(2, '0');
const localMinute = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;

const HOUR_MS = 3_600_000;

interface WhenFieldProps {
  /** Null: as soon as it can. Else a moment. */
  at: string | null;
  onChange: (at: string | null) => void;
}

/** When it is published: at once, or at a time on the reader's own clock. */
export function WhenField({ at, onChange }: WhenFieldProps) {
  const { t } = useText();
  const id = useId();
  const [later, setLater] = useState(at !== null);
  const [local, setLocal] = useState(() => localMinute(at ? new Date(at) : new Date(Date.now() + HOUR_MS)));
  const tell = (wanted: boolean, time: string) => {
    const moment = new Date(time);
    onChange(wanted && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null);
  };
  return (
    <div className="grid gap-3" id={id}>
      <Choices
        label={t('posting.when')}
        look="chips"
        value={later ? 'later' : 'now'}
        onChange={(value) => {
          setLater(value === 'later');
          tell(value === 'later', local);
        }}
        choices={[
          { value: 'now', label: t('posting.now') },
          { value: 'later', label: t('posting.later') },
        ]}
      />
      {later && (
        <TextField
          label={t('posting.time')}
          type="datetime-local"
          min={localMinute(new Date())}
          value={local}
          onChange={(value) => {
            setLocal(value.slice(0, 16));
            tell(true, value.slice(0, 16));
          }}
        />
      )}
    </div>
  );
}
