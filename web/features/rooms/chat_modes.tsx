import type { ChatModes } from '@souk/sdk/live';
import { type Translate, useText } from '../../text.ts';
import { Icon } from '../../ui/index.ts';

const STEPS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
] as const;

/** "30 s", "10 minutes", "7 days". */
export function spanText(t: Translate, seconds: number): string {
  const [unit, size] = STEPS.find(([, most]) => seconds >= most) ?? (['seconds', 1] as const);
  return t(`chat.${unit}`, { n: Math.round(seconds / size) });
}

/** What is asked of whoever writes here, in few words; nothing where nothing is. */
export function useModesText(): (modes: ChatModes) => string {
  const { t } = useText();
  return ({ slow_s, followers_for_s, min_account_age_s, subscribers_only, links_refused }) =>
    [
      slow_s > 0 && t('chat.on_slow', { span: spanText(t, slow_s) }),
      followers_for_s === 0 && t('chat.on_followers'),
      (followers_for_s ?? 0) > 0 && t('chat.on_followers_for', { span: spanText(t, followers_for_s ?? 0) }),
      min_account_age_s > 0 && t('chat.on_age', { span: spanText(t, min_account_age_s) }),
      subscribers_only && t('chat.on_subscribers'),
      links_refused && t('chat.on_links'),
    ]
      .filter((part) => part !== false)
      .join(' · ');
}

/** One line above the field where lines are written. */
export function ModesLine({ modes }: { modes: ChatModes }) {
  const text = useModesText()(modes);
  if (!text) return null;
  return (
    <p className="flex items-start gap-1.5 text-xs leading-4 max-md:[text-shadow:0_1px_3px_rgb(0_0_0/0.8)] md:text-soft">
      <Icon name="shield" className="mt-px size-3.5 shrink-0" />
      <span className="min-w-0 break-words">{text}</span>
    </p>
  );
}
