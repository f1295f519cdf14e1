import type { Shown } from '@souk/sdk/room';
import { useEffect, useState } from 'react';
import { $api, api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { cx, Icon, useProblemText } from '../../ui/index.ts';

const CARD =
  'pointer-events-auto mx-3 mb-2 rounded-lg bg-black/60 px-3.5 py-2.5 text-white text-sm backdrop-blur-md md:mx-4 md:mt-3 md:mb-0 md:bg-raised md:text-ink md:backdrop-blur-none';

interface TalkCardsProps {
  room_id: string;
  shown: Shown;
  /** How open polls stand, as the socket says. */
  votes?: Record<string, number[]>;
  /** A recording: one can look, no more. */
  replay?: boolean;
}

/** Above the chat: the pinned message, the question that is being answered, the poll. */
export function TalkCards({ room_id, shown, votes, replay }: TalkCardsProps) {
  const { t } = useText();
  const { note, question, poll } = shown;
  return (
    <div className="shrink-0 empty:hidden">
      {note !== null && (
        <p className={cx(CARD, 'flex items-start gap-2')}>
          <Icon name="pin" className="mt-0.5 size-4 text-accent-text max-md:text-white" />
          <span className="min-w-0 break-words font-medium">
            <span className="sr-only">{t('talk.note')}: </span>
            {note}
          </span>
        </p>
      )}
      {question && (
        <p className={CARD}>
          <span className="block text-white/75 text-xs md:text-soft">
            {t('talk.answering', { name: question.by.name })}
          </span>
          <span className="break-words font-semibold">{question.text}</span>
        </p>
      )}
      {poll && (
        <PollCard key={poll.poll_id} room_id={room_id} poll={poll} live={votes?.[poll.poll_id]} replay={replay} />
      )}
    </div>
  );
}

interface PollCardProps {
  room_id: string;
  poll: NonNullable<Shown['poll']>;
  live: number[] | undefined;
  replay: boolean | undefined;
}

function PollCard({ room_id, poll, live, replay }: PollCardProps) {
  const { t } = useText();
  const { act } = useSignedIn();
  const problemText = useProblemText();
  const known = $api.useQuery(
    'get',
    '/api/rooms/{room_id}/poll',
    { params: { path: { room_id } } },
    { enabled: !replay },
  );
  const mine = known.data?.poll?.poll_id === poll.poll_id ? known.data.poll : null;
  const [chosen, setChosen] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const closes_at = poll.type === 'poll' ? poll.closes_at : null;
  const seconds = useSecondsLeft(closes_at, known.data?.now);
  const voted = chosen ?? mine?.voted ?? null;
  const closed = poll.type === 'poll.closed' || replay || seconds === 0;
  const votes = poll.type === 'poll.closed' ? poll.votes : (live ?? mine?.votes ?? poll.options.map(() => 0));
  const counted = poll.type === 'poll.closed' || (!replay && (voted !== null || closed));

  const vote = async (option: number): Promise<void> => {
    setChosen(option);
    setProblem(null);
    const params = { path: { room_id, poll_id: poll.poll_id } };
    const { error } = await api.PUT('/api/rooms/{room_id}/polls/{poll_id}/vote', { params, body: { option } });
    if (error) {
      setChosen(null);
      setProblem(problemText(error));
    }
    void known.refetch();
  };

  return (
    <section aria-label={t('talk.poll')} className={CARD}>
      <p className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 break-words font-semibold">{poll.question}</span>
        <span className="tabular shrink-0 text-white/75 text-xs md:text-soft">
          {closed ? t('talk.poll_closed') : seconds !== null && t('talk.seconds', { n: seconds })}
        </span>
      </p>
      <ul className="mt-2 grid gap-1.5 max-md:grid-cols-2">
        {poll.options.map((option, i) => (
          <li key={option}>
            <Option
              option={option}
              share={counted ? shareOf(votes, i) : null}
              votes={votes[i] ?? 0}
              mine={voted === i}
              disabled={closed || voted !== null}
              onVote={() => act(() => vote(i))}
            />
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="mt-1.5 text-sm">
          {problem}
        </p>
      )}
    </section>
  );
}

/** Per cent of all votes. */
function shareOf(votes: number[], i: number): number {
  const all = votes.reduce((sum, n) => sum + n, 0);
  return all === 0 ? 0 : Math.round((100 * (votes[i] ?? 0)) / all);
}

interface OptionProps {
  option: string;
  /** Null: not told before one has voted. */
  share: number | null;
  votes: number;
  mine: boolean;
  disabled: boolean;
  onVote: () => void;
}

function Option({ option, share, votes, mine, disabled, onVote }: OptionProps) {
  const { t } = useText();
  return (
    <button
      type="button"
      disabled={disabled}
      aria-pressed={mine}
      onClick={onVote}
      className="relative flex min-h-9 w-full items-center justify-between gap-3 overflow-hidden rounded-md bg-white/12 px-3 py-1 text-left enabled:hover:bg-white/20 md:bg-surface md:enabled:hover:bg-line"
    >
      {share !== null && (
        <span
          aria-hidden="true"
          style={{ width: `${share}%` }}
          className={cx(
            'absolute inset-y-0 left-0 transition-[width]',
            mine ? 'bg-accent/50' : 'bg-white/20 md:bg-line',
          )}
        />
      )}
      <span className="relative flex min-w-0 items-center gap-1.5 break-words">
        {mine && <Icon name="check" className="size-4" />}
        {option}
      </span>
      {share !== null && (
        <span className="tabular relative shrink-0 font-semibold">
          {share} % <span className="sr-only">{t('talk.votes', { n: votes })}</span>
        </span>
      )}
    </button>
  );
}

/** Seconds until a time of the server's clock. */
function useSecondsLeft(until: string | null, server_now: string | undefined): number | null {
  const [now, setNow] = useState(Date.now());
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    if (server_now) setOffset(Date.parse(server_now) - Date.now());
  }, [server_now]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return until === null ? null : Math.max(0, Math.ceil((Date.parse(until) - now - offset) / 1_000));
}
