import type { CSSProperties, ReactNode } from 'react';
import { useInstance } from '../../instance.ts';
import { cx } from '../../ui/index.ts';

interface StageProps {
  /** The picture, filling its place. */
  picture: ReactNode;
  /** Over the upper edge of the picture. */
  top: ReactNode;
  /** Over the picture: hearts, gifts, what is the matter. */
  over?: ReactNode;
  /** Chat and what belongs to it: over the lower third on a phone, in a column of its own on a desktop. */
  side: ReactNode;
  /** Room for the controls of a recording below the chat. */
  replay?: boolean;
}

/** The frame of a room: on a phone all picture, on a desktop the picture beside its chat. */
export function Stage({ picture, top, over, side, replay }: StageProps) {
  // The line that says "demo money" stands above every page, over this one on a phone.
  const note = useInstance()?.sandbox ? '1.5rem' : '0px';
  return (
    <div
      style={{ '--note': note } as CSSProperties}
      className="relative h-dvh w-full overflow-hidden bg-black text-white md:grid md:h-[calc(100dvh-var(--note))] md:grid-cols-[minmax(0,1fr)_22.5rem] xl:grid-cols-[minmax(0,1fr)_25rem]"
    >
      <div className="absolute inset-0 isolate overflow-hidden md:relative">
        {picture}
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-x-0 top-0 h-36 bg-linear-to-b from-black/65 to-transparent"
        />
        <div
          aria-hidden="true"
          className={cx(
            'pointer-events-none absolute inset-x-0 h-[52%] bg-linear-to-t from-black/85 via-black/50 to-transparent md:hidden',
            // The controls of a recording stay bright.
            replay ? 'bottom-14' : 'bottom-0',
          )}
        />
        <div className="absolute inset-x-0 top-0 z-10 p-3 max-md:pt-[calc(0.75rem+var(--note))] md:p-4">{top}</div>
        {over}
      </div>
      <div
        className={cx(
          'pointer-events-none absolute inset-x-0 bottom-0 z-10 flex max-h-[42%] flex-col justify-end md:pointer-events-auto md:static md:max-h-none md:min-h-0',
          'md:justify-stretch md:border-line md:border-l md:bg-ground md:text-ink',
          replay && 'max-md:pb-14',
        )}
      >
        {side}
      </div>
    </div>
  );
}

/** Where the pinned thing stands: above the field one writes in. */
export function PinnedPlace({ children }: { children: ReactNode }) {
  return <div className="pointer-events-auto empty:hidden px-3 pb-2 md:px-4 md:py-3">{children}</div>;
}
