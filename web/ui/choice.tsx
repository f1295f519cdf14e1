import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';

interface RadioChoice<Value extends string> {
  value: Value;
  label: ReactNode;
  note?: ReactNode;
  /** Stands at the end: a price. */
  end?: ReactNode;
  disabled?: boolean;
}

interface ChoicesProps<Value extends string> {
  label: string;
  bare?: boolean;
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly RadioChoice<Value>[];
  /** `rows` one under the other, `chips` side by side. */
  look?: 'rows' | 'chips';
  className?: string;
}

/** One of a few, all visible: addresses, methods, packs, themes. Arrow keys move, as in every radio group. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, bare, value, onChange, choices, look = 'rows', className } = props;
  const name = useId();
  return (
    <fieldset className={className}>
      <legend className={cx('mb-1.5 font-medium text-sm', bare && 'sr-only')}>{label}</legend>
      <div className={look === 'rows' ? 'grid gap-2' : 'flex flex-wrap gap-2'}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={cx(
              'relative flex cursor-pointer items-center gap-3 border border-line bg-surface transition-colors hover:border-soft',
              'has-checked:border-accent-text has-checked:bg-accent-wash has-disabled:pointer-events-none has-disabled:opacity-50',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent-text has-focus-visible:outline-offset-2',
              look === 'rows' ? 'min-h-13 rounded-md px-4 py-2.5' : 'min-h-11 rounded-full px-4',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
              className={cx(
                'appearance-none rounded-full outline-none',
                look === 'rows'
                  ? 'size-5 shrink-0 border-2 border-soft bg-clip-content p-0.75 checked:border-accent-text checked:bg-accent-text'
                  : 'absolute inset-0',
              )}
            />
            <span className="min-w-0 grow">
              <span className="block font-medium">{choice.label}</span>
              {choice.note && <span className="block text-soft text-sm">{choice.note}</span>}
            </span>
            {choice.end && <span className="tabular shrink-0 font-semibold">{choice.end}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
