import { useText } from '../../text.ts';
import { TextField } from '../../ui/index.ts';
import type { NewcomerDraft } from './newcomer.ts';

interface NewcomerFieldsProps {
  value: NewcomerDraft;
  onChange: (value: NewcomerDraft) => void;
}

/** A new buyer in the same sheet: four fields, and the account is made with the order. */
export function NewcomerFields({ value, onChange }: NewcomerFieldsProps) {
  const { t } = useText();
  const set = (field: keyof NewcomerDraft) => (text: string) => onChange({ ...value, [field]: text });
  return (
    <div className="grid gap-3">
      <TextField
        label={t('orders.your_name')}
        autoComplete="name"
        maxLength={60}
        value={value.name}
        onChange={set('name')}
      />
      <TextField
        label={t('people.email')}
        type="email"
        autoComplete="email"
        value={value.email}
        onChange={set('email')}
      />
      <TextField
        label={t('people.password')}
        hint={t('people.password_hint')}
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        value={value.password}
        onChange={set('password')}
      />
      <TextField
        label={t('people.born_on')}
        type="date"
        autoComplete="bday"
        min="1900-01-01"
        max={new Date().toISOString().slice(0, 10)}
        value={value.born_on}
        onChange={set('born_on')}
      />
    </div>
  );
}
