import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Avatar, Section, TextLink } from '../../ui/index.ts';
import { useGoals } from './data.ts';
import { GiftArt } from './gift_art.tsx';
import { GoalBar } from './goal_bar.tsx';

/** On a profile: the goal that is open, the gifts received, and who stood by them. Nothing where there is nothing. */
export default function GiftsPart({ person }: { person: { person_id: string; name: string } }) {
  const { t } = useText();
  const format = useFormat();
  const goals = useGoals(person.person_id);
  const path = { person_id: person.person_id };
  const gallery = $api.useQuery('get', '/api/gifts/gallery/{person_id}', { params: { path } });
  const goal = goals.data?.items.find(({ room_id }) => room_id === null);
  const { gifts = [], supporters = [] } = gallery.data ?? {};
  if (!goal && gifts.length === 0) return null;
  return (
    <Section title={t('gifts.gallery')} className="mt-10">
      {goal && <GoalBar goal={goal} className="mb-5 max-w-md" />}
      {gifts.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {gifts.map(({ gift, count }) => (
            <li key={gift} className="flex w-20 flex-col items-center rounded-lg bg-surface px-1 pt-3 pb-2 text-center">
              <GiftArt gift={gift} className="size-11" />
              <span className="mt-1 max-w-full break-words text-xs leading-tight">{t(`gifts.name_${gift}`)}</span>
              <span className="tabular mt-auto font-bold text-sm">{t('gifts.times', { n: format.number(count) })}</span>
            </li>
          ))}
        </ul>
      )}
      {supporters.length > 0 && (
        <>
          <h3 className="mt-6 font-semibold text-sm">{t('gifts.supporters')}</h3>
          <p className="text-soft text-sm">{t('gifts.supporters_text')}</p>
          <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-3">
            {supporters.map((one) => (
              <li key={one.person_id} className="flex min-w-0 items-center gap-2">
                <Avatar name={one.name} src={one.avatar_url} size="sm" />
                <TextLink to={`/@${one.handle}`}>{one.name}</TextLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
