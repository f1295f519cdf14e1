import type { ErrorComponentProps } from '@tanstack/react-router';
import { useText } from '../text.ts';
import { Button, ButtonLink, EmptyState, useTitle } from '../ui/index.ts';

export function NotFoundPage() {
  const { t } = useText();
  useTitle(t('shell.not_found'));
  return (
    <EmptyState
      className="min-h-[60dvh] justify-center"
      icon="search"
      title={t('shell.not_found')}
      text={t('shell.not_found_text')}
      action={
        <ButtonLink to="/" tone="accent">
          {t('shell.go_home')}
        </ButtonLink>
      }
    />
  );
}

/** A screen broke. Nothing of what was under way on the server is undone by it. */
export function ErrorPage({ reset }: ErrorComponentProps) {
  const { t } = useText();
  useTitle(t('shell.broken'));
  return (
    <EmptyState
      className="min-h-[60dvh] justify-center"
      icon="alert"
      title={t('shell.broken')}
      text={t('shell.broken_text')}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button tone="accent" onClick={reset}>
            {t('ui.retry')}
          </Button>
          <Button onClick={() => location.assign('/')}>{t('shell.go_home')}</Button>
        </div>
      }
    />
  );
}
