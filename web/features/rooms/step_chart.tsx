import { useId } from 'react';

export interface ChartStep {
  at: string;
  value: number;
}

interface StepChartProps {
  /** What it shows, for who does not see it; the figures stand in the table beside it. */
  label: string;
  steps: ChartStep[];
  /** `line`: a level that goes on; `bars`: how many in each step. */
  look: 'line' | 'bars';
  format: (value: number) => string;
  time: (at: string) => string;
}

const W = 640;
const H = 150;

/** Values over the time of a live. Nothing in it needs colour to be read; motion it has none. */
export function StepChart({ label, steps, look, format, time }: StepChartProps) {
  const id = useId();
  const most = Math.max(1, ...steps.map(({ value }) => value));
  const wide = W / Math.max(1, steps.length);
  const y = (value: number) => H - (value / most) * (H - 8);
  const points = steps.map(({ value }, i) => `${((i + 0.5) * wide).toFixed(1)},${y(value).toFixed(1)}`);
  const middle = Math.max(1, steps.length) * 0.5 * wide;
  return (
    <figure aria-labelledby={id}>
      <figcaption id={id} className="sr-only">
        {label}
      </figcaption>
      <div className="flex items-stretch gap-2">
        <div
          aria-hidden="true"
          className="tabular flex w-9 shrink-0 flex-col justify-between text-right text-soft text-xs"
        >
          <span>{format(most)}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${W} ${H}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="h-36 w-full min-w-0 grow border-line border-b border-l text-accent"
        >
          <line
            x1={0}
            x2={W}
            y1={8}
            y2={8}
            className="stroke-line"
            strokeDasharray="3 5"
            vectorEffect="non-scaling-stroke"
          />
          {look === 'line' ? (
            <>
              <polygon
                points={`${wide / 2},${H} ${points.join(' ')} ${W - wide / 2},${H}`}
                className="fill-accent/20"
              />
              <polyline
                points={
                  points.length === 1
                    ? `0,${y(steps[0]?.value ?? 0)} ${2 * middle},${y(steps[0]?.value ?? 0)}`
                    : points.join(' ')
                }
                fill="none"
                stroke="currentColor"
                strokeWidth={2}
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
              />
            </>
          ) : (
            steps.map(({ at, value }, i) => (
              <rect
                key={at}
                x={i * wide + wide * 0.15}
                width={Math.max(1, wide * 0.7)}
                y={y(value)}
                height={H - y(value)}
                className="fill-accent"
              />
            ))
          )}
        </svg>
      </div>
      <div aria-hidden="true" className="tabular mt-1 flex justify-between pl-11 text-soft text-xs">
        <span>{time(steps[0]?.at ?? '')}</span>
        {steps.length > 1 && <span>{time(steps.at(-1)?.at ?? '')}</span>}
      </div>
    </figure>
  );
}
