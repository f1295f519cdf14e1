import { cx } from './cx.ts';

const SIZES = {
  xs: 'size-7 text-xs',
  sm: 'size-9 text-sm',
  md: 'size-12 text-base',
  lg: 'size-20 text-xl',
  xl: 'size-28 text-2xl',
};

interface AvatarProps {
  name: string;
  src?: string | null;
  size?: keyof typeof SIZES;
  /** Wears the arch and a ring of light: this person is live. */
  live?: boolean;
  /** Wears the arch: a portrait, large enough to be looked at. */
  arch?: boolean;
  className?: string;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.charAt(0) ?? '';
  return (first + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '')).toUpperCase();
}

/** A tint of its own for each name, quiet enough for both themes: the hue is drawn from the letters. */
function hue(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}

/** A person's picture, or their initials. Decorative: the name always stands beside it. */
export function Avatar({ name, src, size = 'md', live, arch, className }: AvatarProps) {
  const shape = live || arch ? 'arch' : 'rounded-full';
  return (
    <span
      aria-hidden="true"
      className={cx(
        'relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden font-bold text-white',
        shape,
        SIZES[size],
        live && 'ring-2 ring-accent ring-offset-2 ring-offset-ground',
        className,
      )}
      style={{
        background: `linear-gradient(160deg, oklch(0.56 0.1 ${hue(name)}), oklch(0.38 0.08 ${hue(name) + 40}))`,
      }}
    >
      {src ? (
        <img src={src} alt="" className="size-full object-cover" loading="lazy" decoding="async" />
      ) : (
        initials(name)
      )}
    </span>
  );
}
