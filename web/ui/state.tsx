import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** What to do next. */
  text?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, text, action, className }: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-center px-4 py-12 text-center', className)}>
      <span className="arch flex h-20 w-16 items-center justify-center bg-raised text-soft">
        <Icon name={icon} className="mt-2 size-7" />
      </span>
      <h2 className="mt-5 font-bold text-lg">{title}</h2>
      {text && <p className="mt-1.5 max-w-sm text-soft">{text}</p>}
      {action && <div className="mt-6">{action}</div>}
    </div>
  );
}

/** A refusal of the server (RFC 9457). Kept loose on purpose: what comes from the wire is checked, not believed. */
export interface ProblemDocument {
  code?: string;
  title?: string;
  detail?: string | null;
  status?: number;
  money_moved?: boolean | null;
  errors?: { path?: string; message?: string }[];
}

function isProblem(value: unknown): value is ProblemDocument {
  return typeof value === 'object' && value !== null && ('code' in value || 'title' in value || 'detail' in value);
}

/** What a failure says in the reader's language: the text `problem.<code>`, else the server's own words, else that the network failed. */
export function useProblemText(): (error: unknown) => string {
  const { t, has } = useText();
  return (error) => {
    if (!isProblem(error)) return t('problem.network');
    if (error.code && has(`problem.${error.code}`)) return t(`problem.${error.code}`, { detail: error.detail ?? '' });
    return error.detail || error.title || t('problem.unknown');
  };
}

/** Whether money moved: a refusal says so; without an answer we do not know, and asking again is safe. */
function useMoneyText(): (error: unknown) => string {
  const { t } = useText();
  return (error) => {
    if (!isProblem(error)) return t('problem.money_unknown');
    return error.money_moved ? t('problem.money_moved') : t('problem.money_stayed');
  };
}

interface ErrorNoteProps {
  error: unknown;
  /** The deed was about money: say whether any moved. */
  money?: boolean;
  onRetry?: () => void;
  className?: string;
}

/** What happened, whether money moved, and what to do. Shows nothing where there is no error. */
export function ErrorNote({ error, money, onRetry, className }: ErrorNoteProps) {
  const { t } = useText();
  const problemText = useProblemText();
  const moneyText = useMoneyText();
  if (!error) return null;
  return (
    <div role="alert" className={cx('flex items-start gap-3 rounded-md bg-bad-wash px-4 py-3 text-sm', className)}>
      <Icon name="alert" className="mt-0.5 text-bad" />
      <div className="min-w-0 grow">
        <p className="font-semibold">{problemText(error)}</p>
        {money && <p className="mt-0.5">{moneyText(error)}</p>}
      </div>
      {onRetry && (
        <Button size="sm" className="shrink-0" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
    </div>
  );
}

/** Something the reader should know before going on. */
export function Note({
  tone = 'plain',
  icon = 'info',
  children,
  className,
}: {
  tone?: 'plain' | 'good' | 'accent';
  icon?: IconName;
  children: ReactNode;
  className?: string;
}) {
  const looks = { plain: 'bg-raised', good: 'bg-good-wash', accent: 'bg-accent-wash' }[tone];
  const sign = { plain: 'text-soft', good: 'text-good', accent: 'text-accent-text' }[tone];
  return (
    <div className={cx('flex items-start gap-3 rounded-md px-4 py-3 text-left text-sm', looks, className)}>
      <Icon name={icon} className={cx('mt-0.5', sign)} />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
