import { useId } from 'react';

/** Gifts that grow and flutter, drawn on 64 × 64. Parts that move carry a class of gifts.css. */

const around = (n: number, from = 0) => Array.from({ length: n }, (_, at) => from + (360 / n) * at);

const LEAF = 'M32 29C27 24 18.5 22 18.5 14.8 18.5 9.8 25 8 32 13.6 39 8 45.5 9.8 45.5 14.8 45.5 22 37 24 32 29Z';

export function Clover() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={id} cx="0.5" cy="0.9" r="0.95">
          <stop offset="0" stopColor="#0f7a43" />
          <stop offset="0.6" stopColor="#35b868" />
          <stop offset="1" stopColor="#9be58a" />
        </radialGradient>
      </defs>
      <path d="M33 31c5 7 6 17 3 30" fill="none" stroke="#2f8f57" strokeWidth="3" strokeLinecap="round" />
      <g className="gift-sway">
        {around(4, 20).map((turn) => (
          <g key={turn} transform={`rotate(${turn} 32 29)`}>
            <path d={LEAF} fill={`url(#${id})`} stroke="#0c6337" strokeWidth="0.8" />
            <path d="M32 28v-9M32 24l-5-5M32 24l5-5" fill="none" stroke="#d6ffcf" strokeWidth="1.1" opacity="0.75" />
          </g>
        ))}
      </g>
      <path className="gift-glint" d="M50 5l1.6 3.8 3.8 1.6-3.8 1.6L50 15.8l-1.6-3.8-3.8-1.6 3.8-1.6Z" fill="#fffbd6" />
    </>
  );
}

export function Sunflower() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}p`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#fff07a" />
          <stop offset="1" stopColor="#f59a12" />
        </linearGradient>
        <radialGradient id={`${id}c`}>
          <stop offset="0" stopColor="#3c1d0c" />
          <stop offset="0.7" stopColor="#6f3b17" />
          <stop offset="1" stopColor="#a05f22" />
        </radialGradient>
      </defs>
      <path d="M32 34c1 9 0 18-1 28" fill="none" stroke="#2f8f57" strokeWidth="3.4" strokeLinecap="round" />
      <path d="M31.6 54c5-9 13-9.5 16.5-8-1.5 7-9 11-16.5 8Z" fill="#3fae6a" />
      <path d="M31.6 50c-4.6-7-11-7-14-5.5 1 5.5 7 9 14 5.5Z" fill="#2f8f57" />
      <g className="gift-sway">
        {around(14).map((turn) => (
          <path
            key={turn}
            transform={`rotate(${turn} 32 25)`}
            d="M32 2.5c3.6 4 4 9 0 14-4-5-3.6-10 0-14Z"
            fill="#d97c0c"
          />
        ))}
        {around(14, 13).map((turn) => (
          <path
            key={turn}
            transform={`rotate(${turn} 32 25)`}
            d="M32 4.5c3.4 3.6 3.7 8 0 12.5-3.7-4.5-3.4-8.9 0-12.5Z"
            fill={`url(#${id}p)`}
          />
        ))}
        <circle cx="32" cy="25" r="9.6" fill={`url(#${id}c)`} />
        {around(8).map((turn) => (
          <circle key={turn} transform={`rotate(${turn} 32 25)`} cx="32" cy="18.6" r="0.9" fill="#e0a052" />
        ))}
        {around(5, 20).map((turn) => (
          <circle key={turn} transform={`rotate(${turn} 32 25)`} cx="32" cy="21.6" r="0.8" fill="#c07f35" />
        ))}
      </g>
    </>
  );
}

/** A flower of five petals. */
function Bloom({ x, y, r, petal, heart }: { x: number; y: number; r: number; petal: string; heart: string }) {
  return (
    <>
      {around(5, x).map((turn) => (
        <circle
          key={turn}
          transform={`rotate(${turn} ${x} ${y})`}
          cx={x}
          cy={y - r * 0.62}
          r={r * 0.52}
          fill={petal}
          stroke="#00000022"
          strokeWidth="0.5"
        />
      ))}
      <circle cx={x} cy={y} r={r * 0.36} fill={heart} />
    </>
  );
}

export function Bouquet() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#fff4e0" />
          <stop offset="1" stopColor="#e9b48c" />
        </linearGradient>
      </defs>
      <g className="gift-sway">
        <path d="M14 30C10 20 13 15 17 13c2 5 3 11 3 17ZM50 30c4-10 1-15-3-17-2 5-3 11-3 17Z" fill="#2f8f57" />
        <path d="M26 24C23 12 28 6 32 3c4 3 9 9 6 21Z" fill="#3fae6a" />
        <Bloom x={21} y={19} r={9} petal="#ff7d9c" heart="#ffe27a" />
        <Bloom x={43} y={19} r={9} petal="#b48cff" heart="#fff0b0" />
        <Bloom x={32} y={13} r={9.5} petal="#fff7f2" heart="#ffc44d" />
        <Bloom x={15} y={29} r={7.5} petal="#ffb35c" heart="#8a3b0a" />
        <Bloom x={49} y={29} r={7.5} petal="#6fd3ff" heart="#fff0b0" />
        <Bloom x={32} y={27} r={10} petal="#ff4f74" heart="#ffd166" />
      </g>
      <path d="M9 32c7 3 39 3 46 0L38 61H26Z" fill={`url(#${id})`} />
      <path d="M9 32c7 3 15 4 23 4L29 61h-3Z" fill="#ffffff" opacity="0.45" />
      <path d="M22 47c6 3 14 3 20 0l-1.5 5c-5 2-12 2-17 0Z" fill="#e5274e" />
      <path d="M32 49c-7-6-12-2-9 2 2 2.5 6 1 9-2Zm0 0c7-6 12-2 9 2-2 2.5-6 1-9-2Z" fill="#ff5f7e" />
      <circle cx="32" cy="49.5" r="2.2" fill="#b3123b" />
    </>
  );
}

const FLIES = [
  [24, 28, 0],
  [39, 24, 1],
  [31, 37, 2],
  [43, 40, 1],
  [21, 44, 2],
] as const;

export function Fireflies() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={`${id}l`}>
          <stop offset="0" stopColor="#fffde0" />
          <stop offset="0.3" stopColor="#ffe65c" />
          <stop offset="1" stopColor="#ffd21f" stopOpacity="0" />
        </radialGradient>
        <linearGradient id={`${id}g`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#3b5b86" />
          <stop offset="1" stopColor="#0c1c36" />
        </linearGradient>
      </defs>
      <path d="M18 14h28v5c6 3 8 7 8 13v20c0 6-4 9-9 9H19c-5 0-9-3-9-9V32c0-6 2-10 8-13Z" fill={`url(#${id}g)`} />
      <path d="M11 50c8-5 34-5 42 0v3c0 5-3 8-8 8H19c-5 0-8-3-8-8Z" fill="#1d5a3a" />
      <path d="M16 51l2-9 2 8 3-11 2 10 4-8 1 9 4-12 2 11 4-7 1 8 3-9 2 9Z" fill="#38915a" />
      {FLIES.map(([x, y, late]) => (
        <g key={`${x} ${y}`} className={`gift-blink gift-late-${late}`}>
          <circle cx={x} cy={y} r="7.5" fill={`url(#${id}l)`} />
          <ellipse cx={x} cy={y} rx="1.3" ry="1.9" fill="#6b4d00" />
        </g>
      ))}
      <path
        d="M16 26c-2 8-2 18 0 26"
        fill="none"
        stroke="#ffffff"
        strokeWidth="2.2"
        strokeLinecap="round"
        opacity="0.55"
      />
      <rect x="15" y="6" width="34" height="9" rx="3" fill="#d9a441" />
      <path d="M15 11h34" stroke="#8a5d12" strokeWidth="1.3" />
      <path d="M18 15h28" stroke="#ffffff" strokeWidth="1" opacity="0.35" />
    </>
  );
}

export function Butterfly() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}u`} x1="0" y1="1" x2="1" y2="0">
          <stop offset="0" stopColor="#ffcf5c" />
          <stop offset="0.5" stopColor="#ff7043" />
          <stop offset="1" stopColor="#8e24aa" />
        </linearGradient>
        <linearGradient id={`${id}d`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#ffb74d" />
          <stop offset="1" stopColor="#3949ab" />
        </linearGradient>
      </defs>
      <g className="gift-flutter">
        {['', 'matrix(-1 0 0 1 64 0)'].map((side) => (
          <g key={side} {...(side && { transform: side })}>
            <path
              d="M33 32C34 16 45 5 56 7c7 2 6 17-2 24-6 5-14 6-21 1Z"
              fill={`url(#${id}u)`}
              stroke="#2a1238"
              strokeWidth="1.8"
            />
            <path
              d="M33 34c8-2 18 1 20 9 1 8-6 14-12 11-6-3-8-12-8-20Z"
              fill={`url(#${id}d)`}
              stroke="#2a1238"
              strokeWidth="1.8"
            />
            <path
              d="M35 29c5-8 12-15 20-19M36 31c7-4 13-7 19-8M35 36c6 2 11 7 14 13M35 37c3 5 5 10 6 15"
              fill="none"
              stroke="#2a1238"
              strokeWidth="1.1"
              opacity="0.65"
            />
            <circle cx="52" cy="14" r="2.4" fill="#fff3c4" />
            <circle cx="54" cy="22" r="1.6" fill="#fff3c4" />
            <circle cx="47" cy="46" r="2.1" fill="#bfe8ff" />
          </g>
        ))}
      </g>
      <path d="M32 20c2 0 2.6 3 2.6 7v17c0 6-1 10-2.6 12-1.6-2-2.6-6-2.6-12V27c0-4 .6-7 2.6-7Z" fill="#2a1238" />
      <circle cx="32" cy="19" r="2.8" fill="#2a1238" />
      <path
        d="M31 17C29 11 26 8 22 7M33 17c2-6 5-9 9-10"
        fill="none"
        stroke="#2a1238"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </>
  );
}
