import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { $api, useKey } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, Checkbox, Choices, ErrorNote, Select, Sheet, toast } from '../../ui/index.ts';
import { kindOf } from './kinds.ts';
import { ReasonField } from './reason_field.tsx';

interface DecisionSheetProps {
  /** `room_…`, `person_…`, `line_…` or `product_…` */
  subject: string;
  name: string;
  open: boolean;
  onClose: () => void;
  onDecided?: () => void;
}

const SUSPENSIONS = ['0', '1', '3', '7', '30', '365'] as const;

/** A moderator decides: dismiss, end the live, suspend; always with a reason, which the person concerned will read. */
export function DecisionSheet({ subject, name, open, onClose, onDecided }: DecisionSheetProps) {
  const { t } = useText();
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('moderation.decide_title', { name })}
      description={t('moderation.decide_text')}
    >
      {open && <DecisionForm subject={subject} onClose={onClose} onDecided={onDecided} />}
    </Sheet>
  );
}

function DecisionForm({ subject, onClose, onDecided }: Omit<DecisionSheetProps, 'name' | 'open'>) {
  const { t } = useText();
  const queries = useQueryClient();
  const key = useKey();
  const kind = kindOf(subject);
  const takes = kind !== 'person';
  const [outcome, setOutcome] = useState<'violation' | 'dismissed'>('violation');
  const [take_down, setTakeDown] = useState(takes);
  const [days, setDays] = useState<(typeof SUSPENSIONS)[number]>(takes ? '0' : '3');
  const [reason, setReason] = useState('');
  const decide = $api.useMutation('post', '/api/moderation/decisions', {
    onSuccess: async () => {
      key.renew();
      toast({ title: t('moderation.decided'), tone: 'good' });
      onClose();
      onDecided?.();
      await queries.invalidateQueries();
    },
  });
  const violation = outcome === 'violation';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const suspend_days = violation && days !== '0' ? Number(days) : null;
    decide.mutate({
      body: { subject, outcome, take_down: violation && take_down, suspend_days, reason },
      headers: { 'Idempotency-Key': key.value() },
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-5">
      <ErrorNote error={decide.error} />
      <Choices
        label={t('moderation.outcome')}
        value={outcome}
        onChange={setOutcome}
        choices={[
          { value: 'violation', label: t('moderation.violation'), note: t('moderation.violation_note') },
          { value: 'dismissed', label: t('moderation.dismissed'), note: t('moderation.dismissed_note') },
        ]}
      />
      {violation && takes && (
        <Checkbox
          label={t(`moderation.take_down_${kind}`)}
          hint={t(`moderation.take_down_${kind}_hint`)}
          checked={take_down}
          onChange={setTakeDown}
        />
      )}
      {violation && (
        <Select
          label={t('moderation.suspend')}
          value={days}
          onChange={setDays}
          choices={SUSPENSIONS.map((value) => ({ value, label: t('moderation.days', { n: Number(value) }) }))}
        />
      )}
      <ReasonField value={reason} onChange={setReason} />
      <Button tone={violation ? 'danger' : 'accent'} wide submit busy={decide.isPending}>
        {t(violation ? 'moderation.act' : 'moderation.dismiss')}
      </Button>
    </form>
  );
}
