import type { RoomRequest } from '@souk/sdk/room';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, IconButton, Section, Select, Sheet, TextField } from '../../ui/index.ts';
import { CaptionWriter } from './caption_writer.tsx';
import { Questions } from './questions_sheet.tsx';
import type { RoomView } from './room_view.ts';

export interface LeadProps {
  room_id: string;
  view: RoomView;
  /** Of the picture before them: what they show goes with it. */
  mediaTime: () => Date | null;
  request: (message: RoomRequest) => Promise<unknown>;
  /** Hears the host's own microphone; a helper types. */
  hears?: boolean;
}

type Tool = 'poll' | 'note' | 'questions' | 'captions';
const TOOLS = { poll: 'chart', note: 'pin', questions: 'question', captions: 'captions' } as const;

/** What the host, and whoever keeps order with them, show to everyone: polls, a pinned message, answers, captions. */
export function LeadTools(props: LeadProps) {
  const { t } = useText();
  const [tool, setTool] = useState<Tool | null>(null);
  const open = Object.values(props.view.questions).filter(({ state }) => state === 'open').length;
  return (
    <Section title={t('talk.lead')}>
      <div className="flex flex-wrap gap-2">
        {(Object.keys(TOOLS) as Tool[]).map((id) => (
          <Button key={id} size="sm" icon={TOOLS[id]} onClick={() => setTool(id)}>
            {t(`talk.${id}`)}
            {id === 'questions' && open > 0 && <span className="tabular">({open})</span>}
          </Button>
        ))}
      </div>
      <ToolSheet tool={tool} onClose={() => setTool(null)} {...props} />
    </Section>
  );
}

/** The same behind one button, for a moderator in the room. */
export function LeadButton(props: LeadProps) {
  const { t } = useText();
  const [tool, setTool] = useState<Tool | 'choose' | null>(null);
  return (
    <>
      <IconButton
        icon="menu"
        tone="glass"
        label={t('talk.lead')}
        onClick={() => setTool('choose')}
        className="md:!bg-raised md:!text-ink"
      />
      <Sheet open={tool === 'choose'} onClose={() => setTool(null)} title={t('talk.lead')} clear>
        <div className="grid gap-2 pt-1">
          {(Object.keys(TOOLS) as Tool[]).map((id) => (
            <Button key={id} icon={TOOLS[id]} wide onClick={() => setTool(id)}>
              {t(`talk.${id}`)}
            </Button>
          ))}
        </div>
      </Sheet>
      <ToolSheet tool={tool === 'choose' ? null : tool} onClose={() => setTool(null)} {...props} />
    </>
  );
}

function ToolSheet({ tool, onClose, ...props }: LeadProps & { tool: Tool | null; onClose: () => void }) {
  const { t } = useText();
  return (
    <Sheet open={tool !== null} onClose={onClose} title={t(`talk.${tool ?? 'lead'}`)}>
      {tool === 'poll' && <PollForm {...props} onDone={onClose} />}
      {tool === 'note' && <NoteForm {...props} onDone={onClose} />}
      {tool === 'questions' && <Questions {...props} />}
      {tool === 'captions' && <CaptionWriter {...props} />}
    </Sheet>
  );
}

const stamp = (mediaTime: () => Date | null) => {
  const media_at = mediaTime()?.toISOString();
  return media_at ? { media_at } : {};
};

const LENGTHS = [30, 60, 120, 300];

function PollForm({ room_id, view, mediaTime, onDone }: LeadProps & { onDone: () => void }) {
  const { t } = useText();
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState(['', '']);
  const [for_s, setFor] = useState('60');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const last = view.cues.findLast(({ type }) => type === 'poll' || type === 'poll.closed');
  const running = last?.type === 'poll' ? last : null;
  const given = options.map((option) => option.trim()).filter(Boolean);
  const path = { room_id };

  const run = async (work: () => Promise<{ error?: unknown }>) => {
    setBusy(true);
    const { error: failed } = await work();
    setBusy(false);
    setError(failed ?? null);
    if (!failed) onDone();
  };
  const open = (event: FormEvent) => {
    event.preventDefault();
    const body = { question, options: given, for_s: Number(for_s), ...stamp(mediaTime) };
    void run(() => api.POST('/api/rooms/{room_id}/polls', { params: { path }, body }));
  };
  if (running) {
    const params = { path: { room_id, poll_id: running.poll_id } };
    return (
      <div className="flex flex-col gap-4 pt-1">
        <p className="font-semibold">{running.question}</p>
        <ErrorNote error={error} />
        <Button
          busy={busy}
          onClick={() => void run(() => api.DELETE('/api/rooms/{room_id}/polls/{poll_id}', { params }))}
        >
          {t('talk.poll_close')}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={open} className="flex flex-col gap-4 pt-1">
      <TextField label={t('talk.poll_question')} value={question} onChange={setQuestion} maxLength={200} />
      {options.map((option, i) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is the field at its place
          key={i}
          label={t('talk.poll_option', { n: i + 1 })}
          value={option}
          onChange={(text) => setOptions(options.with(i, text))}
          maxLength={60}
          optional={i > 1}
        />
      ))}
      {options.length < 4 && (
        <Button icon="plus" tone="quiet" className="self-start" onClick={() => setOptions([...options, ''])}>
          {t('talk.poll_more')}
        </Button>
      )}
      <Select
        label={t('talk.poll_for')}
        value={for_s}
        onChange={setFor}
        choices={LENGTHS.map((s) => ({ value: String(s), label: t('talk.seconds', { n: s }) }))}
      />
      <ErrorNote error={error} />
      <Button submit tone="accent" busy={busy} disabled={!question.trim() || given.length < 2}>
        {t('talk.poll_open')}
      </Button>
    </form>
  );
}

function NoteForm({ room_id, view, mediaTime, onDone }: LeadProps & { onDone: () => void }) {
  const { t } = useText();
  const last = view.cues.findLast((event) => event.type === 'note');
  const pinned = last?.type === 'note' ? last.text : null;
  const [text, setText] = useState(pinned ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const put = async (wanted: string | null) => {
    setBusy(true);
    const path = { room_id };
    const url = '/api/rooms/{room_id}/note' as const;
    const answer =
      wanted === null
        ? await api.DELETE(url, { params: { path, query: stamp(mediaTime) } })
        : await api.PUT(url, { params: { path }, body: { text: wanted, ...stamp(mediaTime) } });
    setBusy(false);
    setError(answer.error ?? null);
    if (!answer.error) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void put(text);
      }}
      className="flex flex-col gap-4 pt-1"
    >
      <TextField
        label={t('talk.note_text')}
        hint={t('talk.note_hint')}
        value={text}
        onChange={setText}
        maxLength={200}
      />
      <ErrorNote error={error} />
      <Button submit tone="accent" busy={busy} disabled={!text.trim()}>
        {t('talk.note_pin')}
      </Button>
      {pinned !== null && (
        <Button tone="quiet" onClick={() => void put(null)}>
          {t('talk.note_remove')}
        </Button>
      )}
    </form>
  );
}
