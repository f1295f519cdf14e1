import { useState } from 'react';
import { api, queryClient } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, type ButtonProps, cx, toast, useProblemText } from '../../ui/index.ts';

interface RemindButtonProps extends Pick<ButtonProps, 'size' | 'wide' | 'className'> {
  plan: { schedule_id: string; reminded: boolean };
  /** One of many on a page: not its accent. */
  quiet?: boolean;
}

/** Be told when it begins; pressed again, not. */
export function RemindButton({ plan, quiet, ...looks }: RemindButtonProps) {
  const { t } = useText();
  const { act } = useSignedIn();
  const problemText = useProblemText();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const reminded = wanted ?? plan.reminded;
  const toggle = async (): Promise<void> => {
    const next = !reminded;
    setWanted(next);
    const params = { path: { schedule_id: plan.schedule_id } };
    const path = '/api/schedules/{schedule_id}/reminder' as const;
    const { error } = next ? await api.PUT(path, { params }) : await api.DELETE(path, { params });
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/schedules'] });
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/schedules/{schedule_id}'] });
    setWanted(null);
    if (error) toast({ title: problemText(error), tone: 'bad' });
    else if (next) toast({ title: t('lives.will_tell'), tone: 'good' });
  };
  return (
    <Button
      {...looks}
      icon={reminded ? 'check' : 'bell'}
      tone={reminded || quiet ? 'plain' : 'accent'}
      aria-pressed={reminded}
      className={cx('whitespace-nowrap', looks.className)}
      onClick={() => act(toggle)}
    >
      {t(reminded ? 'lives.reminded' : 'lives.remind')}
    </Button>
  );
}
