import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Checkbox, ErrorNote, Select, Skeleton, TextArea, toast } from '../../ui/index.ts';
import { spanText } from './chat_modes.tsx';

const PATH = '/api/rooms/hosts/{host_id}/chat-rules';
type Shown = paths[typeof PATH]['get']['responses'][200]['content']['application/json'];
type Rules = paths[typeof PATH]['put']['requestBody']['content']['application/json'];

const SLOW = [0, 5, 10, 30, 60, 300];
const FOLLOWED = [-1, 0, 600, 86_400, 604_800, 2_592_000];
const AGES = [0, 3_600, 86_400, 604_800, 2_592_000];

function useRules(host_id: string) {
  const queries = useQueryClient();
  const params = { path: { host_id } };
  const found = $api.useQuery('get', PATH, { params });
  const put = $api.useMutation('put', PATH);
  const save = async (shown: Shown, change: Partial<Rules>): Promise<void> => {
    const { slow_s, followers_for_s, min_account_age_s, subscribers_only, links_refused, block_words } = shown;
    const was = { slow_s, followers_for_s, min_account_age_s, subscribers_only, links_refused, block_words };
    await put.mutateAsync({ params, body: { ...was, ...change } });
    await queries.invalidateQueries({ queryKey: $api.queryOptions('get', PATH, { params }).queryKey });
  };
  return { found, put, save };
}

/** Each mode is on or off by one choice: there is no button to forget when a crowd comes. */
export function ChatModesForm({ host_id }: { host_id: string }) {
  const { t } = useText();
  const { found, put, save } = useRules(host_id);
  const rules = found.data;
  if (found.error) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  if (!rules) return <Skeleton className="h-72 rounded-md" />;
  const wanted: Partial<Rules> = put.isPending ? put.variables.body : {};
  const now = { ...rules, ...wanted };
  const set = (change: Partial<Rules>) => void save(rules, change).catch(() => undefined);
  const choices = (values: number[], off: string) =>
    values.map((value) => ({ value: `${value}`, label: value <= 0 ? off : spanText(t, value) }));
  return (
    <div className="grid gap-5">
      <ErrorNote error={put.error} />
      <Select
        label={t('chat.slow')}
        hint={t('chat.slow_hint')}
        value={`${now.slow_s}`}
        onChange={(value) => set({ slow_s: Number(value) })}
        choices={choices(withValue(SLOW, now.slow_s), t('chat.off'))}
      />
      <Select
        label={t('chat.followers')}
        hint={t('chat.followers_hint')}
        value={`${now.followers_for_s ?? -1}`}
        onChange={(value) => set({ followers_for_s: value === '-1' ? null : Number(value) })}
        choices={withValue(FOLLOWED, now.followers_for_s ?? -1).map((value) => ({
          value: `${value}`,
          label: value < 0 ? t('chat.off') : value === 0 ? t('chat.followers_any') : spanText(t, value),
        }))}
      />
      <Select
        label={t('chat.age')}
        hint={t('chat.age_hint')}
        value={`${now.min_account_age_s}`}
        onChange={(value) => set({ min_account_age_s: Number(value) })}
        choices={choices(withValue(AGES, now.min_account_age_s), t('chat.off'))}
      />
      <Checkbox
        kind="switch"
        label={t('chat.links')}
        hint={t('chat.links_hint')}
        checked={now.links_refused}
        onChange={(links_refused) => set({ links_refused })}
      />
      {rules.subscribers_known && (
        <Checkbox
          kind="switch"
          label={t('chat.subscribers')}
          hint={t('chat.subscribers_hint')}
          checked={now.subscribers_only}
          onChange={(subscribers_only) => set({ subscribers_only })}
        />
      )}
    </div>
  );
}

/** What a moderator or an earlier release has set stays a choice. */
const withValue = (values: number[], value: number): number[] =>
  values.includes(value) ? values : [...values, value].toSorted((a, b) => a - b);

export function ChatWordsForm({ host_id }: { host_id: string }) {
  const { t } = useText();
  const { found, put, save } = useRules(host_id);
  const [text, setText] = useState<string | null>(null);
  const rules = found.data;
  if (found.error) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  if (!rules) return <Skeleton className="h-56 rounded-md" />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const block_words = (text ?? '').split(/[\n,;]/).map((word) => word.trim());
    const done = save(rules, { block_words: block_words.filter((word) => word !== '') });
    done.then(
      () => {
        setText(null);
        toast({ title: t('chat.words_saved'), tone: 'good' });
      },
      () => undefined,
    );
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={put.error} />
      <TextArea
        label={t('chat.words_label')}
        hint={t('chat.words_hint')}
        optional
        rows={8}
        maxLength={12_000}
        autoCapitalize="off"
        value={text ?? rules.block_words.join('\n')}
        onChange={setText}
      />
      <Button tone="accent" wide submit busy={put.isPending} disabled={text === null}>
        {t('chat.words_save')}
      </Button>
    </form>
  );
}
