import { useMutation, useQuery } from '@tanstack/react-query';
import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Button, ErrorNote, Note, Section, Skeleton } from '../../ui/index.ts';
import { standing, turnOff, turnOn } from './push.ts';

/** Notices on this device while the app is closed. The browser is asked only after the button was pressed. */
export function PushSection() {
  const { t } = useText();
  const push = $api.useQuery('get', '/api/notices/push');
  const here = push.data?.devices.filter((device) => device.here).map((device) => device.subscription_id) ?? [];
  const others = (push.data?.devices.length ?? 0) - here.length;
  const now = useQuery({
    queryKey: ['push', here],
    queryFn: () => standing(here.length > 0),
    enabled: push.data !== undefined,
  });
  const onSettled = async () => {
    await push.refetch();
    await now.refetch();
  };
  const on = useMutation({ mutationFn: () => turnOn(push.data?.public_key ?? ''), onSettled });
  const off = useMutation({ mutationFn: () => turnOff(here), onSettled });
  return (
    <Section title={t('notices.push')} text={t('notices.push_text')}>
      {(push.isPending || now.isPending) && !push.error && <Skeleton className="h-12 rounded-md" />}
      {now.data === 'unsupported' && <Note>{t('notices.push_unsupported')}</Note>}
      {now.data === 'denied' && <Note icon="alert">{t('notices.push_denied')}</Note>}
      {now.data === 'off' && (
        <Button icon="bell" busy={on.isPending} onClick={() => on.mutate()}>
          {t('notices.push_on')}
        </Button>
      )}
      {now.data === 'on' && (
        <div className="flex flex-wrap items-center gap-3">
          <Note tone="good" icon="check" className="grow">
            {t('notices.push_is_on')}
          </Note>
          <Button busy={off.isPending} onClick={() => off.mutate()}>
            {t('notices.push_off')}
          </Button>
        </div>
      )}
      {others > 0 && <p className="mt-2 text-soft text-sm">{t('notices.push_others', { others })}</p>}
      {on.data === false && now.data === 'off' && <p className="mt-2 text-soft text-sm">{t('notices.push_not_now')}</p>}
      <ErrorNote error={push.error ?? on.error ?? off.error} className="mt-3" />
    </Section>
  );
}
