import type { Money } from '../../format.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Dialog, type ProblemDocument } from '../../ui/index.ts';

interface HalfDialogProps {
  /** The refusal `spending_half`; null: nothing is asked. */
  problem: ProblemDocument | null;
  /** What is done when they say yes, by its verb. */
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
  busy?: boolean;
}

/** Asks once on the way to a limit, at its half: nothing has happened yet. */
export function HalfDialog({ problem, confirm, onConfirm, onClose, busy }: HalfDialogProps) {
  const { t } = useText();
  const format = useFormat();
  const { limit = 'day', amount } = (problem ?? {}) as { limit?: 'day' | 'month'; amount?: Money };
  return (
    <Dialog
      open={problem !== null}
      onClose={onClose}
      title={t(`wallet.half_${limit}`)}
      confirm={confirm}
      onConfirm={onConfirm}
      busy={busy}
    >
      <p>{t(`wallet.half_text_${limit}`, { limit: amount ? format.money(amount) : '' })}</p>
      <p className="mt-2">{t('problem.money_stayed')}</p>
    </Dialog>
  );
}
