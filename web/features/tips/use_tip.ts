import type { paths } from '@souk/sdk/openapi';
import { useEffect, useState } from 'react';
import { $api, useKey } from '../../api.ts';

export type Quote = paths['/api/tips/quote']['get']['responses'][200]['content']['application/json'];
export type Tip = paths['/api/tips']['post']['responses'][201]['content']['application/json'];
export type Subject = { kind: 'person' | 'room'; id: string };

/** Gives a tip and waits for its payment; a repeated press is the same tip. */
export function useTip(onPaid: (tip: Tip) => void) {
  const key = useKey();
  const [tip, setTip] = useState<Tip | null>(null);
  const create = $api.useMutation('post', '/api/tips');
  const waiting = tip?.state === 'unpaid' ? tip.tip_id : null;
  const again = $api.useQuery(
    'get',
    '/api/tips/{tip_id}',
    { params: { path: { tip_id: waiting ?? '' } } },
    { enabled: waiting !== null, refetchInterval: 1_500 },
  );
  const latest = waiting !== null && again.data ? again.data : tip;
  useEffect(() => {
    if (latest && latest !== tip) setTip(latest);
    if (latest?.state !== 'paid') return;
    setTip(null);
    key.renew();
    onPaid(latest);
  }, [latest, tip, key, onPaid]);
  return {
    tip: latest,
    busy: create.isPending || latest?.state === 'paid',
    error: create.error,
    give: (subject: Subject, { amount, total }: Quote, method_id: string) => {
      // A declined tip is over: another try is another tip.
      if (tip?.state === 'failed') key.renew();
      setTip(null);
      const body = { subject, amount, total, method_id };
      create.mutate({ body, headers: { 'Idempotency-Key': key.value() } } as never, {
        onSuccess: (made) => setTip(made as Tip),
      });
    },
    forget: () => {
      setTip(null);
      create.reset();
      key.renew();
    },
  };
}
