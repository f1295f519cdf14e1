import type { IconName } from '../../ui/index.ts';

/** What can be reported, by the prefix of its id. */
export const KINDS = ['room', 'video', 'comment', 'message', 'line', 'person', 'product'] as const;
export type Kind = (typeof KINDS)[number];

export const kindOf = (subject: string): Kind => subject.slice(0, subject.indexOf('_')) as Kind;

export const KIND_ICONS: Record<Kind, IconName> = {
  room: 'live',
  line: 'chat',
  person: 'user',
  product: 'bag',
  video: 'play',
  comment: 'chat',
  message: 'send',
};
