import type { ReactNode } from 'react';
import { useFormat } from '../../format.ts';
import { useSignedIn } from '../../session.tsx';
import { StaffOnly } from '../../staff_only.tsx';
import { useText } from '../../text.ts';

/** An amount of any asset: coins as a count, money in its currency. */
export function Amount({ value, asset }: { value: string; asset: string }) {
  const format = useFormat();
  return <>{asset === 'COIN' ? format.number(value) : format.money({ amount: value, currency: asset })}</>;
}

export const kindPath = (asset: string, kind: string): string =>
  `/operate/ledger/kinds/${asset}/${encodeURIComponent(kind)}`;
export const accountPath = (account_id: string): string => `/operate/ledger/accounts/${account_id}`;

/** The book is open to finance and operators only; the server says so too. */
export function FinanceOnly({ children }: { children: ReactNode }) {
  const { t } = useText();
  const { me } = useSignedIn();
  if (me?.roles.some((role) => role === 'finance' || role === 'operator')) return <>{children}</>;
  return <StaffOnly title={t('ledger.staff_only')} text={t('ledger.staff_only_text')} />;
}
