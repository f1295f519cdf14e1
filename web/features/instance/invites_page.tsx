import type { paths } from '@souk/sdk/openapi';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api, PAGED, useKey } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { StaffOnly } from '../../staff_only.tsx';
import { useText } from '../../text.ts';
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorNote,
  More,
  Page,
  Section,
  Select,
  Skeleton,
  TextField,
  toast,
} from '../../ui/index.ts';

const PATH = '/api/instance/invites';
type Invite = paths[typeof PATH]['get']['responses'][200]['content']['application/json']['items'][number];

/** Codes that let people in while registration is by invitation. */
export default function InvitesPage() {
  const { t } = useText();
  const { me, loading } = useSignedIn();
  const operates = me?.roles.includes('operator');
  return (
    <Page title={t('instance.invites')} intro={t('instance.invites_intro')} back="/operate" width="narrow">
      {!loading && !operates && <StaffOnly title={t('instance.staff_only')} text={t('moderation.staff_only_text')} />}
      {operates && (
        <>
          <MakeInvite />
          <Invites />
        </>
      )}
    </Page>
  );
}

const USES = ['1', '5', '25', '100', '1000'] as const;
const DAYS = ['1', '7', '14', '90', '0'] as const;

function MakeInvite() {
  const { t } = useText();
  const queries = useQueryClient();
  const key = useKey();
  const [label, setLabel] = useState('');
  const [uses, setUses] = useState<(typeof USES)[number]>('1');
  const [days, setDays] = useState<(typeof DAYS)[number]>('14');
  const make = $api.useMutation('post', PATH, {
    onSuccess: async () => {
      key.renew();
      setLabel('');
      await queries.invalidateQueries({ queryKey: ['get', PATH] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expires_days = days === '0' ? null : Number(days);
    const body = { label, most_uses: Number(uses), expires_days };
    make.mutate({ body, headers: { 'Idempotency-Key': key.value() } });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ErrorNote error={make.error} />
      <TextField label={t('instance.invite_label')} optional maxLength={80} value={label} onChange={setLabel} />
      <div className="grid grid-cols-2 gap-3">
        <Select
          label={t('instance.invite_uses')}
          value={uses}
          onChange={setUses}
          choices={USES.map((value) => ({ value, label: t('instance.people', { n: Number(value) }) }))}
        />
        <Select
          label={t('instance.invite_days')}
          value={days}
          onChange={setDays}
          choices={DAYS.map((value) => ({
            value,
            label: value === '0' ? t('instance.no_end') : t('chat.days', { n: Number(value) }),
          }))}
        />
      </div>
      <Button tone="accent" icon="plus" submit busy={make.isPending} className="justify-self-start">
        {t('instance.invite_make')}
      </Button>
    </form>
  );
}

function Invites() {
  const { t } = useText();
  const list = $api.useInfiniteQuery('get', PATH, { params: { query: { limit: 20 } } }, PAGED);
  if (list.isPending) return <Skeleton className="mt-8 h-40 rounded-xl" />;
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  const invites: Invite[] = list.data.pages.flatMap((page) => page.items);
  return (
    <Section title={t('instance.invites_made')}>
      {invites.length === 0 && (
        <EmptyState icon="users" title={t('instance.no_invites')} text={t('instance.no_invites_text')} />
      )}
      <ul className="grid gap-3">
        {invites.map((invite) => (
          <li key={invite.invite_id}>
            <InviteCard invite={invite} />
          </li>
        ))}
      </ul>
      <More show={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </Section>
  );
}

/** Four by four, as it is read out. */
const grouped = (code: string): string => code.toUpperCase().replaceAll(/(.{4})(?=.)/g, '$1-');

function InviteCard({ invite }: { invite: Invite }) {
  const { t } = useText();
  const format = useFormat();
  const queries = useQueryClient();
  const revoke = $api.useMutation('delete', '/api/instance/invites/{invite_id}', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', PATH] }),
  });
  const { code, expires_at, revoked_at, uses, most_uses } = invite;
  const expired = expires_at !== null && Date.parse(expires_at) <= Date.now();
  const over = revoked_at ? 'revoked' : expired ? 'expired' : uses >= most_uses ? 'used_up' : null;
  const copy = async () => {
    await navigator.clipboard.writeText(`${location.origin}/invite/${code}`);
    toast({ title: t('rooms.link_copied'), tone: 'good' });
  };
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-2">
        <code className="select-all font-semibold tracking-wide">{grouped(code)}</code>
        {over && <Badge tone="bad">{t(`instance.invite_${over}`)}</Badge>}
      </div>
      {invite.label && <p className="mt-1 break-words">{invite.label}</p>}
      <p className="mt-1 text-soft text-sm">
        {t('instance.invite_used', { n: uses, most: most_uses })} ·{' '}
        {expires_at ? t('chat.until', { time: format.dateTime(expires_at) }) : t('instance.no_end')}
      </p>
      <ErrorNote error={revoke.error} className="mt-3" />
      {!over && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" icon="copy" onClick={() => void copy()}>
            {t('instance.invite_copy')}
          </Button>
          <Button
            size="sm"
            tone="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate({ params: { path: { invite_id: invite.invite_id } } })}
          >
            {t('instance.invite_revoke')}
          </Button>
        </div>
      )}
    </Card>
  );
}
