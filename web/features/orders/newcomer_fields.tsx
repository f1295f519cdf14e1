import { useText } from '../../text.ts';
import { TextField } from '../../ui/index.ts';
import { BirthDateField, NewPasswordField } from '../people/account_fields.tsx';
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
      <NewPasswordField value={value.password} onChange={set('password')} />
      <BirthDateField value={value.born_on} onChange={set('born_on')} />
    </div>
  );
}
