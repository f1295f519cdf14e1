import type { PersonCard } from '@souk/sdk/live';
import { useState } from 'react';
import { useText } from '../../text.ts';
import { Avatar, Button, Choices, EmptyState, Link, Note, Section, Sheet } from '../../ui/index.ts';
import type { LogLine } from '../rooms/room_view.ts';
import { useDeed } from './host_together.tsx';
import { type CohostItem, sayNo, sayYes } from './use_cohosts.ts';
import type { HostSide } from './use_host_side.ts';

interface TogetherProps {
  room_id: string;
  pair: HostSide;
  /** Who is in the chat can be asked. */
  log: LogLine[];
}

const SHOWN = 12;

/** Who of the chat could be asked: the newest first, each once, without the host and those who are asked already. */
export function recentWriters(log: LogLine[], items: CohostItem[]): PersonCard[] {
  const known = new Set(items.map(({ person }) => person.person_id));
  const found = new Map<string, PersonCard>();
  for (const { by } of log.toReversed()) {
    if (by.role !== 'host' && !known.has(by.person_id) && !found.has(by.person_id)) found.set(by.person_id, by);
  }
  return [...found.values()].slice(0, SHOWN);
}

/** The host's way to a second person in the picture. */
export function TogetherButton({ room_id, pair, log }: TogetherProps) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const waiting = pair.items.filter(({ state }) => state === 'asked_by_guest').length;
  return (
    <>
      <Button icon="users" onClick={() => setOpen(true)}>
        {t('cohosts.together')}
        {waiting > 0 && (
          <span className="tabular">
            ({waiting})<span className="sr-only"> {t('cohosts.waiting', { n: waiting })}</span>
          </span>
        )}
      </Button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('cohosts.together')} description={t('cohosts.text')}>
        {pair.guest ? (
          <Guest room_id={room_id} pair={pair} guest={pair.guest} />
        ) : (
          <People room_id={room_id} pair={pair} log={log} />
        )}
      </Sheet>
    </>
  );
}

function Guest({ room_id, pair, guest }: Pick<TogetherProps, 'room_id' | 'pair'> & { guest: CohostItem }) {
  const { t } = useText();
  const { busy, deed } = useDeed();
  return (
    <div className="grid gap-5">
      <PersonRow person={guest.person}>
        <Button
          tone="danger"
          size="sm"
          disabled={busy}
          onClick={() => deed(() => sayNo(room_id, guest.person.person_id))}
        >
          {t('cohosts.end')}
        </Button>
      </PersonRow>
      <Choices
        label={t('cohosts.look_label')}
        look="chips"
        value={pair.look}
        onChange={pair.setLook}
        choices={[
          { value: 'stacked', label: t('cohosts.stacked') },
          { value: 'beside', label: t('cohosts.beside') },
        ]}
      />
    </div>
  );
}

function People({ room_id, pair, log }: TogetherProps) {
  const { t } = useText();
  const { busy, deed } = useDeed();
  const writers = recentWriters(log, pair.items);
  if (writers.length + pair.items.length === 0)
    return <EmptyState icon="users" title={t('cohosts.nobody')} text={t('cohosts.nobody_text')} />;
  return (
    <div className="grid gap-5">
      {pair.items.length > 0 && (
        <Section title={t('cohosts.open')}>
          {pair.items.map(({ person, state }) => (
            <PersonRow key={person.person_id} person={person} note={t(`cohosts.short_${state}`)}>
              {state === 'asked_by_guest' && (
                <Button
                  size="sm"
                  tone="accent"
                  disabled={busy}
                  onClick={() => deed(() => sayYes(room_id, person.person_id))}
                >
                  {t('cohosts.take_in')}
                </Button>
              )}
              <Button size="sm" disabled={busy} onClick={() => deed(() => sayNo(room_id, person.person_id))}>
                {t(state === 'asked_by_guest' ? 'cohosts.decline' : 'cohosts.take_back')}
              </Button>
            </PersonRow>
          ))}
        </Section>
      )}
      {writers.length > 0 && (
        <Section title={t('cohosts.in_chat')}>
          {writers.map((person) => (
            <PersonRow key={person.person_id} person={person}>
              <Button size="sm" disabled={busy} onClick={() => deed(() => sayYes(room_id, person.person_id))}>
                {t('cohosts.invite')}
                <span className="sr-only"> {person.name}</span>
              </Button>
            </PersonRow>
          ))}
        </Section>
      )}
      <Note icon="info">{t('cohosts.ages')}</Note>
    </div>
  );
}

interface PersonRowProps {
  person: Pick<PersonCard, 'handle' | 'name' | 'avatar_url'>;
  note?: string;
  children: React.ReactNode;
}

function PersonRow({ person, note, children }: PersonRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 py-1.5">
      <Avatar name={person.name} src={person.avatar_url} size="sm" />
      <span className="min-w-0 grow">
        <Link to={`/@${person.handle}`} className="block truncate font-semibold hover:underline">
          {person.name}
        </Link>
        {note && <span className="block text-soft text-sm">{note}</span>}
      </span>
      <span className="flex gap-2">{children}</span>
    </div>
  );
}
