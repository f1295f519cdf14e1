import { useText } from '../../text.ts';

/** What a gift is called, by its code in the catalog. */
export function useGiftNames(): (code: string) => string {
  const { t, has } = useText();
  return (code) => (has(`gifts.name_${code}`) ? t(`gifts.name_${code}`) : code);
}
