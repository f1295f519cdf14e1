import { useText } from '../../text.ts';
import { TextField } from '../../ui/index.ts';

interface AccountFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
}

/** The password one has, asked for before what is grave. */
export function PasswordField(field: AccountFieldProps) {
  const { t } = useText();
  return <TextField label={t('people.current_password')} type="password" autoComplete="current-password" {...field} />;
}

/** A new password. @param label "Password" unless it takes the place of another one */
export function NewPasswordField({ label, ...field }: AccountFieldProps & { label?: string }) {
  const { t } = useText();
  return (
    <TextField
      label={label ?? t('people.password')}
      hint={t('people.password_hint')}
      type="password"
      autoComplete="new-password"
      minLength={10}
      maxLength={128}
      {...field}
    />
  );
}

export function BirthDateField(field: AccountFieldProps) {
  const { t } = useText();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <TextField label={t('people.born_on')} type="date" autoComplete="bday" min="1900-01-01" max={today} {...field} />
  );
}
