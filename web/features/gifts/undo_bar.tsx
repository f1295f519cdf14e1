import { useEffect, useState } from 'react';
import { useText } from '../../text.ts';
import { Button, cx, toast, useProblemText } from '../../ui/index.ts';
import type { Combo } from './use_combo.ts';

/** For ten seconds: what was given, and the way back, with the seconds that are left. */
export function UndoBar({ combo, className }: { combo: Combo; className?: string }) {
  const { t } = useText();
  const problemText = useProblemText();
  const { given } = combo;
  const left = useSecondsLeft(given?.until ?? 0);
  const [busy, setBusy] = useState(false);
  if (!given || (left === 0 && !busy)) return null;
  const nameOf = (n: number) => t('gifts.pieces', { n, name: t(`gifts.name_${given.gift}`) });
  const undo = async () => {
    setBusy(true);
    try {
      const count = await combo.undo();
      toast({ title: t('gifts.undone', { name: nameOf(count) }), tone: 'good' });
    } catch (problem) {
      toast({ title: problemText(problem), tone: 'bad' });
    }
    setBusy(false);
  };
  return (
    <div className={cx('flex min-h-11 items-center gap-3 text-sm', className)}>
      <span className="min-w-0 grow truncate">{t('gifts.given', { name: nameOf(given.count) })}</span>
      <Button size="sm" busy={busy} onClick={() => void undo()} className="shrink-0">
        {t('gifts.undo')}
        <span className="tabular text-soft" aria-hidden="true">
          {left}
        </span>
      </Button>
    </div>
  );
}

function useSecondsLeft(until: number): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const look = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1_000)));
    look();
    const timer = window.setInterval(() => {
      look();
      if (performance.now() >= until) window.clearInterval(timer);
    }, 200);
    return () => window.clearInterval(timer);
  }, [until]);
  return left;
}
