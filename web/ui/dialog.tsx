import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { Button } from './button.tsx';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children?: ReactNode;
  /** The one deed that is asked about; named by its verb ("End the live"), never "OK". */
  confirm: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
}

/** Asks before a deed that cannot be taken back. For everything else use a Sheet. */
export function Dialog({ open, onClose, title, children, confirm, onConfirm, busy, danger }: DialogProps) {
  const { t } = useText();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && !busy && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-60 min-h-dvh bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Viewport className="fixed inset-0 z-60 flex items-center justify-center p-5">
          <AlertDialog.Popup className="w-full max-w-sm rounded-xl bg-surface p-6 text-ink shadow-lift outline-none transition-[opacity,transform] duration-150 data-ending-style:scale-97 data-starting-style:scale-97 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <AlertDialog.Title className="font-bold text-lg tracking-[-0.02em]">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="mt-2 text-soft">
              {children}
            </AlertDialog.Description>
            <div className="mt-6 flex flex-col gap-2">
              <Button tone={danger ? 'danger' : 'accent'} wide busy={busy} onClick={onConfirm}>
                {confirm}
              </Button>
              <Button tone="quiet" wide disabled={busy} onClick={onClose}>
                {t('ui.cancel')}
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
