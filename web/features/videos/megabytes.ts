import { useMemo } from 'react';
import { useText } from '../../text.ts';

const MB = 1_000_000;

/** Bytes in the reader's notation: "12.4 MB". */
export function useMegabytes(): (bytes: number) => string {
  const { locale } = useText();
  return useMemo(() => {
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
    return (bytes) => format.format(bytes / MB);
  }, [locale]);
}
