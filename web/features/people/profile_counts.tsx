import { useState } from 'react';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import type { Profile } from './data.ts';
import { TiesSheet, type TieTab } from './ties_sheet.tsx';

/** How many follow and are followed; each opens its list, where the viewer may see it. */
export function ProfileCounts({ person, own }: { person: Profile; own: boolean }) {
  const { t } = useText();
  const format = useFormat();
  const [tab, setTab] = useState<TieTab | null>(null);
  const counts: [TieTab, string][] = [
    ['followers', t('people.followers', { n: person.follower_count, shown: format.compact(person.follower_count) })],
    ['following', t('people.following_count', { shown: format.compact(person.following_count) })],
  ];
  const shut = person.closed || person.ties?.blocked_by_me;
  return (
    <p className="tabular mt-2 flex flex-wrap items-center justify-center gap-x-5 gap-y-1 text-sm sm:justify-start">
      {counts.map(([name, text]) =>
        shut ? (
          <span key={name}>{text}</span>
        ) : (
          <button
            key={name}
            type="button"
            className="min-h-6 rounded underline-offset-3 hover:underline"
            onClick={() => setTab(name)}
          >
            {text}
          </button>
        ),
      )}
      <span className="text-soft">{t('people.joined', { date: format.date(person.joined_at) })}</span>
      {tab && <TiesSheet person={person} own={own} first={tab} onClose={() => setTab(null)} />}
    </p>
  );
}
