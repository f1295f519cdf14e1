import type { IconName } from '../../ui/index.ts';
import { Avatar, cx, Icon, Spinner } from '../../ui/index.ts';
import type { PersonCard } from '../feed/data.ts';

export type DoorName = 'watch' | 'create' | 'sell' | 'run';

export const SIGNS: Record<DoorName, IconName> = { watch: 'play', create: 'camera', sell: 'store', run: 'shield' };

/** Eight-pointed stars, the tiles of a gateway. */
function Tiles({ id }: { id: string }) {
  return (
    <svg className="absolute inset-0 size-full text-accent opacity-[0.16]" aria-hidden="true">
      <defs>
        <pattern id={id} width="44" height="44" patternUnits="userSpaceOnUse">
          <path
            d="M22 4l5.3 9.2L37.6 8.4 33 18.7 42 22l-9 3.3 4.6 10.3-10.3-4.8L22 40l-5.3-9.2L6.4 35.6 11 25.3 2 22l9-3.3L6.4 8.4l10.3 4.8z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1"
          />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}

interface DoorProps {
  name: DoorName;
  person: PersonCard;
  title: string;
  text: string;
  busy: boolean;
  disabled: boolean;
  onEnter: () => void;
}

/** A door of the demo: one click, and one is who waits behind it. */
export function Door({ name, person, title, text, busy, disabled, onEnter }: DoorProps) {
  return (
    <button
      type="button"
      onClick={onEnter}
      disabled={disabled}
      aria-busy={busy || undefined}
      className="group flex min-w-0 flex-col text-left disabled:opacity-70"
    >
      <span className="arch relative flex aspect-[4/5] w-full items-center justify-center overflow-hidden bg-surface ring-1 ring-line transition-transform group-hover:-translate-y-1 group-active:translate-y-0">
        <Tiles id={`tiles-${name}`} />
        <span
          aria-hidden="true"
          className={cx(
            'absolute inset-x-[13%] top-[15%] bottom-0 bg-linear-to-t from-accent to-accent-wash',
            'rounded-t-[50%_46%] opacity-70 transition-opacity group-hover:opacity-100',
          )}
        />
        <span className="relative mt-[16%] flex flex-col items-center gap-3 text-ink">
          {busy ? (
            <Spinner className="size-12" />
          ) : (
            <Icon name={SIGNS[name]} className="size-12 [stroke-width:1.5] sm:size-16" />
          )}
        </span>
        <span className="absolute inset-x-3 bottom-3 flex justify-center">
          <span className="flex min-w-0 max-w-full items-center gap-2 rounded-full bg-black/60 p-1 pr-3 font-medium text-sm text-white">
            <Avatar name={person.name} src={person.avatar_url} size="xs" />
            <span className="truncate">{person.name}</span>
          </span>
        </span>
      </span>
      <span className="mt-3 block font-bold text-lg tracking-[-0.02em] group-hover:text-accent-text">{title}</span>
      <span className="mt-0.5 block text-soft text-sm">{text}</span>
    </button>
  );
}
