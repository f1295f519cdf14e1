/** PURE: what a viewer's page shows of a room, from what its socket says. */
import type {
  Away,
  BattleState,
  ChatModes,
  ClosingReason,
  Counters,
  EndReason,
  Gift,
  GoalReached,
  GoalState,
  Line,
  MomentumState,
  Pin,
  Question,
  Role,
  RoomEvent,
  RoomState,
  Snapshot,
  Unpin,
  Welcome,
} from '@souk/sdk/live';
import type { RoomStatus } from '@souk/sdk/room';

/** A line of the chat's log: somebody said or gave something. */
export type LogLine = Line | Gift;

export interface RoomView {
  status: RoomStatus;
  closing: ClosingReason | null;
  person_id: string | null;
  role: Role;
  muted_until: string | null;
  /** What the host asks of those who write; null until the room was heard. */
  modes: ChatModes | null;
  /** Null until the room was heard. */
  state: RoomState | null;
  end_reason: EndReason | null;
  /** Where the host sends the viewers at the end. */
  handed_to: string | null;
  log: LogLine[];
  /** Gifts as they came, for banners and animations; those of a snapshot are not among them. */
  gifts: Gift[];
  /** Ids of gifts that were taken back. */
  returned: string[];
  /** Goals and momentum as the room told them last; undefined until it did. */
  goals: GoalState[] | undefined;
  momentum: MomentumState | null | undefined;
  battle: BattleState | null | undefined;
  /** The host is away for a moment. */
  away: Away | null | undefined;
  /** The goal that was reached last, while one watched. */
  celebrated: GoalReached | null;
  pins: (Pin | Unpin)[];
  /** Polls, pinned messages, captions, answered questions: what the picture brings. */
  cues: RoomEvent[];
  /** How polls stand, and what was asked, by id. */
  votes: Record<string, number[]>;
  questions: Record<string, Question>;
  question_votes: Record<string, number>;
  viewers: number;
  likes: number;
  /** Units left, by product. */
  stock: Record<string, number>;
}

export type RoomSaid =
  | { type: 'status'; status: RoomStatus; reason: ClosingReason | null }
  | { type: 'welcome'; welcome: Welcome }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'events'; events: RoomEvent[]; live: boolean }
  | { type: 'counters'; counters: Counters }
  | { type: 'muted'; until: string | null }
  | { type: 'hide'; person_id: string }
  /** One's own line, from its acknowledgement: it may come in a frame as well, or never where the room is too fast. */
  | { type: 'own'; line: Line };

const LOG_KEPT = 150;
const GIFTS_KEPT = 60;
const CUES_KEPT = 200;

export const firstView: RoomView = {
  status: 'connecting',
  closing: null,
  person_id: null,
  role: 'viewer',
  muted_until: null,
  modes: null,
  state: null,
  end_reason: null,
  handed_to: null,
  log: [],
  gifts: [],
  returned: [],
  goals: undefined,
  momentum: undefined,
  battle: undefined,
  away: undefined,
  celebrated: null,
  pins: [],
  cues: [],
  votes: {},
  questions: {},
  question_votes: {},
  viewers: 0,
  likes: 0,
  stock: {},
};

export function roomView(view: RoomView, said: RoomSaid): RoomView {
  switch (said.type) {
    case 'status':
      return { ...view, status: said.status, closing: said.reason };
    case 'welcome': {
      const { person_id, role, muted_until, modes } = said.welcome;
      return { ...view, person_id, role, muted_until, modes };
    }
    case 'snapshot':
      return { ...view, state: said.snapshot.state, end_reason: said.snapshot.end_reason as EndReason | null };
    case 'counters': {
      const { stock, ...counts } = said.counters;
      return { ...view, ...counts, stock: stock ? { ...view.stock, ...stock } : view.stock };
    }
    case 'muted':
      return { ...view, muted_until: said.until };
    case 'hide':
      return {
        ...view,
        log: view.log.filter((line) => line.by.person_id !== said.person_id),
        gifts: view.gifts.filter((gift) => gift.by.person_id !== said.person_id),
      };
    case 'own':
      return withEvents(view, [said.line], false);
    case 'events':
      return withEvents(view, said.events, said.live);
  }
}

function withEvents(view: RoomView, events: RoomEvent[], live: boolean): RoomView {
  let { log, gifts, returned, celebrated, pins, state, end_reason, handed_to, modes } = view;
  for (const event of events) {
    if (event.type === 'chat' || event.type === 'gift') log = withLine(log, event);
    if (event.type === 'gift' && live) gifts = [...gifts, event].slice(-GIFTS_KEPT);
    if (event.type === 'pin' || event.type === 'unpin') pins = [...pins, event];
    if (event.type === 'chat.deleted') log = log.filter((line) => line.id !== event.line_id);
    if (event.type === 'gift.returned') {
      log = log.flatMap((line) => withoutGift(line, event.gift_id));
      returned = [...returned, event.gift_id].slice(-GIFTS_KEPT);
    }
    if (event.type === 'modes') modes = event.modes;
    if (event.type === 'goal.reached' && live) celebrated = event;
    if (event.type === 'live') state = 'live';
    if (event.type === 'ended') [state, end_reason, handed_to] = ['ended', event.reason, event.to_room_id ?? null];
  }
  const rest = { gifts, returned, celebrated, pins, state, end_reason, handed_to, modes };
  return { ...withTalk(view, events), log: log.slice(-LOG_KEPT), ...rest };
}

function withTalk(view: RoomView, events: RoomEvent[]): RoomView {
  let { cues, votes, questions, question_votes } = view;
  for (const event of events) {
    if (event.type === 'poll.counted') votes = { ...votes, [event.poll_id]: event.votes };
    if (event.type === 'question.voted') question_votes = { ...question_votes, ...event.votes };
    if (event.type === 'question') questions = { ...questions, [event.question_id]: event };
    const answered = event.type === 'question' && event.state === 'answered';
    const cue = CUES.has(event.type);
    if (answered || cue) cues = withCue(cues, event);
  }
  return { ...view, cues, votes, questions, question_votes };
}

const CUES = new Set<RoomEvent['type']>(['poll', 'poll.closed', 'note', 'caption', 'cohost']);

/** Captions come by the second: they must not push out what stands for an hour. */
function withCue(cues: RoomEvent[], event: RoomEvent): RoomEvent[] {
  if (cues.length < CUES_KEPT) return [...cues, event];
  const oldest = Math.max(
    0,
    cues.findIndex(({ type }) => type === 'caption'),
  );
  return [...cues.toSpliced(oldest, 1), event];
}

/** The flushes of one combo are one line that counts up. */
export function withLine(log: LogLine[], line: LogLine): LogLine[] {
  if (log.some((other) => other.id === line.id)) return log;
  if (line.type !== 'gift' || line.combo_id === null) return [...log, line];
  const at = log.findLastIndex(
    (other) => other.type === 'gift' && other.combo_id === line.combo_id && other.gift === line.gift,
  );
  const known = log[at];
  if (known?.type !== 'gift') return [...log, line];
  return log.with(at, { ...known, count: known.count + line.count, parts: [...partsOf(known), ...partsOf(line)] });
}

const partsOf = (gift: Gift) => gift.parts ?? [{ id: gift.id, count: gift.count }];

/** The line without a gift that was taken back; a run keeps what is left of it. */
function withoutGift(line: LogLine, gift_id: string): LogLine[] {
  if (line.type !== 'gift') return [line];
  const parts = partsOf(line).filter((part) => part.id !== gift_id);
  if (parts.length === partsOf(line).length) return [line];
  return parts.length === 0 ? [] : [{ ...line, parts, count: parts.reduce((sum, part) => sum + part.count, 0) }];
}
