import { useText } from '../../text.ts';
import { ShopRow } from './shop_row.tsx';

/** On a profile: what this person sells. Nothing where they sell nothing. */
export default function ProfilePart({ person }: { person: { person_id: string } }) {
  const { t } = useText();
  return <ShopRow title={t('catalog.of_person')} seller_id={person.person_id} />;
}
