import { useState } from 'react';
import { useText } from '../../text.ts';
import { Button, cx, Icon } from '../../ui/index.ts';
import type { Receipt } from './data.ts';
import { type Recomputed, recompute } from './recompute.ts';

/** Nobody has to believe a receipt: the reader's page computes each figure from what stands on it. */
export function RecomputeButton({ receipt }: { receipt: Receipt }) {
  const { t } = useText();
  const [done, setDone] = useState<Recomputed | null>(null);
  const right = done?.wrong.length === 0;
  return (
    <div className="mt-5 flex flex-wrap items-center gap-3 border-line border-t pt-4">
      <Button size="sm" icon="check" onClick={() => setDone(recompute(receipt))}>
        {t('gifts.recompute')}
      </Button>
      <p role="status" className={cx('flex min-w-0 items-center gap-1.5 text-sm', right ? 'text-good' : 'text-bad')}>
        {done && (
          <>
            <Icon name={right ? 'check' : 'alert'} className="size-4 shrink-0" />
            {t(right ? 'gifts.recomputed' : 'gifts.recomputed_wrong', { n: right ? done.checked : done.wrong.length })}
          </>
        )}
      </p>
    </div>
  );
}
