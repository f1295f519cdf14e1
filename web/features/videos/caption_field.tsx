import { useEffect, useId, useRef, useState } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, cx, TextArea } from '../../ui/index.ts';
import { type Begun, begunAt, complete } from './caption.ts';
import { suggest } from './suggestions.ts';

export const CAPTION_LENGTH = 2_200;

/** What the video says beside itself; tags and names are proposed while they are written. */
export function CaptionField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useText();
  const format = useFormat();
  const { me } = useSignedIn();
  const person_id = me?.person_id;
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [found, setFound] = useState<string[]>([]);

  useEffect(() => {
    if (!begun || !person_id) return setFound([]);
    const gone = new AbortController();
    const timer = setTimeout(() => {
      suggest(begun, person_id, gone.signal).then(
        (names) => gone.signal.aborted || setFound(names),
        () => undefined,
      );
    }, 150);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [begun, person_id]);

  const area = () => place.current?.querySelector('textarea');
  const look = () => {
    const now = begunAt(area()?.value ?? '', area()?.selectionStart ?? 0);
    setBegun((was) => (was?.sign === now?.sign && was?.start === now?.start ? was : now));
  };
  const take = (name: string) => {
    if (!begun) return;
    const next = complete(value, area()?.selectionStart ?? value.length, begun, name);
    onChange(next.text.slice(0, CAPTION_LENGTH));
    setBegun(null);
    requestAnimationFrame(() => {
      area()?.focus();
      area()?.setSelectionRange(next.caret, next.caret);
    });
  };
  const insert = (sign: string) => {
    const gap = value === '' || /\s$/.test(value) ? '' : ' ';
    onChange(`${value}${gap}${sign}`);
    requestAnimationFrame(() => {
      area()?.focus();
      look();
    });
  };

  return (
    <div ref={place}>
      <TextArea
        label={t('posting.caption')}
        value={value}
        onChange={onChange}
        maxLength={CAPTION_LENGTH}
        placeholder={t('posting.caption_hint')}
        rows={4}
        onKeyUp={look}
        onClick={look}
        optional
        aria-controls={found.length > 0 ? id : undefined}
        onBlur={({ relatedTarget }) => {
          if (!place.current?.contains(relatedTarget)) setBegun(null);
        }}
      />
      <div className="mt-2 flex min-h-9 flex-wrap items-center gap-2">
        {found.length > 0 && begun ? (
          <ul id={id} aria-label={t('posting.suggestions')} className="flex flex-wrap gap-2">
            {found.map((name) => (
              <li key={name}>
                <Button size="sm" onClick={() => take(name)}>
                  {begun.sign}
                  {name}
                </Button>
              </li>
            ))}
          </ul>
        ) : (
          <>
            <Button size="sm" onClick={() => insert('#')}>
              {t('posting.add_tag')}
            </Button>
            <Button size="sm" onClick={() => insert('@')}>
              {t('posting.add_mention')}
            </Button>
          </>
        )}
        <span
          className={cx(
            'tabular ml-auto text-sm',
            value.length > CAPTION_LENGTH - 100 ? 'font-semibold text-bad' : 'text-soft',
          )}
        >
          {format.number(value.length)} / {format.number(CAPTION_LENGTH)}
        </span>
      </div>
    </div>
  );
}
