import { $api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';

/** One's own shop; null while there is none. */
export function useOwnMerchant() {
  const { me } = useSignedIn();
  return $api.useQuery('get', '/api/me/merchant', {}, { enabled: me !== null, select: ({ merchant }) => merchant });
}

/** "19,90" or "19.90" as a person types it → minor units as digits, or null where it is no amount. */
export function minorOf(text: string, decimals = 2): string | null {
  const match = /^(\d{1,7})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match || (match[2] ?? '').length > decimals) return null;
  return BigInt(`${match[1]}${(match[2] ?? '').padEnd(decimals, '0')}`).toString();
}

/** Minor units → what a person would have typed. */
export function typedOf(minor: string, locale: 'de' | 'en', decimals = 2): string {
  const padded = minor.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}${locale === 'de' ? ',' : '.'}${padded.slice(-decimals)}`;
}
