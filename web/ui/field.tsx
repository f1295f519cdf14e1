import { type ComponentProps, type ReactNode, useId } from 'react';
import { useText } from '../text.ts';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

const CONTROL = cx(
  'w-full min-h-12 rounded-md border border-line bg-surface px-3.5 text-base text-ink placeholder:text-soft',
  'transition-colors hover:border-soft focus-visible:border-accent-text focus-visible:outline-1 focus-visible:outline-offset-0',
  'disabled:opacity-50 aria-invalid:border-bad',
);

interface FieldShape {
  label: string;
  /** What belongs in, or why it is asked. */
  hint?: ReactNode;
  error?: string | null;
  /** Marks a field that may stay empty; fields without it are needed. */
  optional?: boolean;
  /** Keeps the label for screen readers only. */
  bare?: boolean;
  className?: string;
}

interface ControlIds {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

/** Label, control, hint and error, tied together. The primitives below stand on it; so may a control of your own. */
export function Field(props: FieldShape & { children: (ids: ControlIds) => ReactNode }) {
  const { label, hint, error, optional, bare, className, children } = props;
  const { t } = useText();
  const id = useId();
  const noteId = `${id}-note`;
  const described = error || hint ? noteId : undefined;
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className={cx('mb-1.5 flex items-baseline justify-between gap-3 font-medium text-sm', bare && 'sr-only')}
      >
        {label}
        {optional && <span className="font-normal text-soft">{t('ui.optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p id={noteId} className="mt-1.5 flex items-start gap-1.5 text-bad text-sm" role="alert">
          <Icon name="alert" className="mt-0.5 size-4" />
          {error}
        </p>
      ) : (
        hint && (
          <p id={noteId} className="mt-1.5 text-soft text-sm">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

type TextFieldProps = FieldShape &
  Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'className'> & {
    value: string;
    onChange: (value: string) => void;
    /** Stands inside the field, at its end: a unit, a currency. */
    suffix?: ReactNode;
  };

export function TextField(props: TextFieldProps) {
  const { label, hint, error, optional, bare, className, value, onChange, suffix, ...rest } = props;
  return (
    <Field {...{ label, hint, error, optional, bare, className }}>
      {(ids) => (
        <span className="relative block">
          <input
            {...ids}
            className={cx(CONTROL, suffix ? 'pr-14' : undefined)}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            required={!optional}
            {...rest}
          />
          {suffix && <span className="absolute inset-y-0 right-3.5 flex items-center text-soft">{suffix}</span>}
        </span>
      )}
    </Field>
  );
}

type TextAreaProps = FieldShape &
  Omit<ComponentProps<'textarea'>, 'onChange' | 'value' | 'className'> & {
    value: string;
    onChange: (value: string) => void;
  };

export function TextArea(props: TextAreaProps) {
  const { label, hint, error, optional, bare, className, value, onChange, ...rest } = props;
  return (
    <Field {...{ label, hint, error, optional, bare, className }}>
      {(ids) => (
        <textarea
          {...ids}
          rows={4}
          className={cx(CONTROL, 'py-3')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          required={!optional}
          {...rest}
        />
      )}
    </Field>
  );
}

export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
}

type SelectProps<Value extends string> = FieldShape &
  Omit<ComponentProps<'select'>, 'onChange' | 'value' | 'className' | 'children'> & {
    value: Value;
    onChange: (value: Value) => void;
    choices: readonly Choice<Value>[];
  };

/** The system's own chooser: nothing beats it on a phone. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, optional, bare, className, value, onChange, choices, ...rest } = props;
  return (
    <Field {...{ label, hint, error, optional, bare, className }}>
      {(ids) => (
        <span className="relative block">
          <select
            {...ids}
            className={cx(CONTROL, 'appearance-none pr-11')}
            value={value}
            onChange={(event) => onChange(event.target.value as Value)}
            {...rest}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <Icon name="down" className="pointer-events-none absolute inset-y-0 right-3.5 my-auto size-4 text-soft" />
        </span>
      )}
    </Field>
  );
}

interface CheckProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
  /** `switch` for what takes effect at once, `checkbox` for what is sent later. */
  kind?: 'checkbox' | 'switch';
  required?: boolean;
}

const BOX = cx(
  'mt-0.5 size-6 shrink-0 appearance-none rounded-sm border-2 border-soft bg-surface transition-colors',
  'checked:border-accent checked:bg-accent',
);
const SWITCH = cx(
  'mt-0.5 h-6 w-10.5 shrink-0 appearance-none rounded-full bg-soft/60 p-0.5 transition-colors checked:bg-accent',
  'before:block before:size-5 before:rounded-full before:bg-white before:shadow before:transition-transform',
  'checked:before:translate-x-4.5 checked:before:bg-accent-ink',
);

export function Checkbox({
  label,
  hint,
  checked,
  onChange,
  disabled,
  className,
  kind = 'checkbox',
  required,
}: CheckProps) {
  const id = useId();
  return (
    <div className={cx('flex items-start gap-3', kind === 'switch' && 'flex-row-reverse justify-between', className)}>
      <span className="relative inline-flex">
        <input
          id={id}
          type="checkbox"
          role={kind === 'switch' ? 'switch' : undefined}
          checked={checked}
          disabled={disabled}
          required={required}
          aria-describedby={hint ? `${id}-note` : undefined}
          onChange={(event) => onChange(event.target.checked)}
          className={cx('peer cursor-pointer disabled:opacity-50', kind === 'switch' ? SWITCH : BOX)}
        />
        {kind === 'checkbox' && (
          <Icon
            name="check"
            className="pointer-events-none absolute top-1 left-0.5 text-accent-ink opacity-0 [stroke-width:3] peer-checked:opacity-100"
          />
        )}
      </span>
      <span className="min-w-0 pt-0.5">
        <label htmlFor={id} className="cursor-pointer font-medium text-base">
          {label}
        </label>
        {hint && (
          <span id={`${id}-note`} className="mt-0.5 block text-soft text-sm">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}
