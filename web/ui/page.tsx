import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useText } from '../text.ts';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

const WIDTHS = { narrow: 'max-w-xl', normal: 'max-w-4xl', wide: 'max-w-7xl' };

interface PageProps {
  title: string;
  /** One sentence: what a person does here. */
  intro?: ReactNode;
  /** The main deed of the page, at the end of its heading. */
  actions?: ReactNode;
  /** Shows a way back: to this path, or where the reader came from. */
  back?: string | true;
  width?: keyof typeof WIDTHS;
  /** Keeps the heading for screen readers only. */
  bare?: boolean;
  children: ReactNode;
}

/** Every page outside the video: its heading, its width, its title in the browser. */
export function Page({ title, intro, actions, back, width = 'normal', bare, children }: PageProps) {
  const { t } = useText();
  const router = useRouter();
  useTitle(title);
  const goBack = () => (typeof back === 'string' ? void router.navigate({ to: back }) : router.history.back());
  return (
    <div className={cx('mx-auto w-full px-4 pt-4 pb-16 sm:px-6 md:pt-8', WIDTHS[width])}>
      <div className={cx('flex flex-wrap items-start gap-x-4 gap-y-3', bare ? back && 'max-md:-mt-3' : 'mb-6')}>
        {back && (
          <IconButton
            icon="left"
            label={t('ui.back')}
            onClick={goBack}
            className={cx('-ml-3', bare ? 'mb-1' : '-mr-3 -mt-1.5 md:-mt-1')}
          />
        )}
        <div className={cx('min-w-0 grow basis-60', bare && 'sr-only')}>
          <h1 className="break-words text-xl md:text-2xl">{title}</h1>
          {intro && <p className="mt-1 max-w-2xl text-soft">{intro}</p>}
        </div>
        {actions && <div className="flex max-w-full flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** Names the browser's tab: "Wallet · Souk". */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Souk` : 'Souk';
  }, [title]);
}

interface SectionProps {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A part of a page under its own heading. */
export function Section({ title, text, actions, children, className }: SectionProps) {
  return (
    <section className={cx('mt-10 first:mt-0', className)}>
      <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-0 grow">
          <h2 className="text-lg">{title}</h2>
          {text && <p className="text-soft text-sm">{text}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
