import { type ReactNode, useEffect, useState } from 'react';
import { cx } from '../../ui/index.ts';
import { stripOf } from './frames.ts';

const STILLS = 8;

interface FilmStripProps {
  url: string;
  duration_s: number;
  className?: string;
  children?: ReactNode;
}

/** A row of stills of a video, on which something is chosen. */
export function FilmStrip({ url, duration_s, className, children }: FilmStripProps) {
  const [stills, setStills] = useState<readonly string[]>([]);
  useEffect(() => {
    const gone = new AbortController();
    const made: string[] = [];
    const fill = async () => {
      for await (const still of stripOf(url, duration_s, STILLS, gone.signal)) {
        made.push(still);
        setStills([...made]);
      }
    };
    fill().catch(() => undefined);
    return () => {
      gone.abort();
      for (const still of made) URL.revokeObjectURL(still);
      setStills([]);
    };
  }, [url, duration_s]);
  return (
    <div className={cx('relative h-16 rounded-md bg-raised', className)}>
      <div aria-hidden="true" className="flex size-full overflow-hidden rounded-md">
        {Array.from({ length: STILLS }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a still is its place
          <span key={i} className="h-full min-w-0 flex-1">
            {stills[i] && <img src={stills[i]} alt="" className="size-full object-cover" />}
          </span>
        ))}
      </div>
      {children}
    </div>
  );
}
