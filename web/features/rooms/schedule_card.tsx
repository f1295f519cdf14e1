import { useState } from 'react';
import { useText } from '../../text.ts';
import { Avatar, Badge, Icon, Link } from '../../ui/index.ts';
import { HostGround } from '../feed/room_cards.tsx';
import type { ScheduleCard } from './data.ts';
import { RemindButton } from './remind_button.tsx';
import { shortTime } from './when.ts';

/** A planned live among others. */
export function ScheduleTile({ plan, own }: { plan: ScheduleCard; own?: boolean | undefined }) {
  const { t, locale } = useText();
  const [now] = useState(() => new Date());
  return (
    <li className="flex min-w-0 flex-col">
      <Link to={`/schedules/${plan.schedule_id}`} className="group block rounded-xl">
        <span className="relative block aspect-[3/4] overflow-hidden rounded-xl bg-black text-white">
          {plan.picture_url ? (
            <img src={plan.picture_url} alt="" loading="lazy" className="absolute inset-0 size-full object-cover" />
          ) : (
            <HostGround host={plan.host} small />
          )}
          <span className="absolute inset-x-2.5 top-2.5 flex flex-wrap items-center gap-1.5">
            <Badge tone="glass" icon="clock">
              {shortTime(plan, locale, now)}
            </Badge>
            {plan.repeat !== 'none' && <Badge tone="glass">{t(`lives.repeat_${plan.repeat}`)}</Badge>}
          </span>
        </span>
        <span className="mt-2 block truncate font-semibold group-hover:text-accent-text">{plan.title}</span>
        <span className="mt-1 flex min-w-0 items-center gap-2 text-soft">
          <Avatar name={plan.host.name} src={plan.host.avatar_url} size="xs" />
          <span className="min-w-0 grow truncate text-sm">{plan.host.name}</span>
        </span>
      </Link>
      {own ? (
        <span className="mt-2 flex items-center gap-1.5 text-soft text-sm">
          <Icon name="bell" className="size-4" />
          {t('lives.reminders', { n: plan.reminders })}
        </span>
      ) : (
        <RemindButton plan={plan} size="sm" wide quiet className="mt-2.5" />
      )}
    </li>
  );
}

export function ScheduleGrid({ plans, own }: { plans: ScheduleCard[]; own?: boolean | undefined }) {
  return (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-5 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
      {plans.map((plan) => (
        <ScheduleTile key={plan.schedule_id} plan={plan} own={own} />
      ))}
    </ul>
  );
}
