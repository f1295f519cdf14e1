import { useId } from 'react';

/** Gifts of the air, drawn on 64 × 64. Parts that move carry a class of gifts.css. */

const around = (n: number, from = 0) => Array.from({ length: n }, (_, at) => from + (360 / n) * at);

const STAR = 'M32 7 39.05 23.3 56.7 25 43.4 36.7 47.3 54 32 45 16.7 54 20.6 36.7 7.3 25 24.95 23.3Z';

export function Star() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={id} cx="0.4" cy="0.3" r="0.85">
          <stop offset="0" stopColor="#fffbd0" />
          <stop offset="0.45" stopColor="#ffd54a" />
          <stop offset="1" stopColor="#f08a00" />
        </radialGradient>
      </defs>
      <g className="gift-tilt">
        <path d={STAR} fill={`url(#${id})`} stroke="#f3a317" strokeWidth="5" strokeLinejoin="round" />
        <path d={STAR} fill={`url(#${id})`} />
        <ellipse cx="26.5" cy="30" rx="2" ry="2.8" fill="#6b3a00" />
        <ellipse cx="37.5" cy="30" rx="2" ry="2.8" fill="#6b3a00" />
        <circle cx="27.2" cy="29" r="0.8" fill="#ffffff" />
        <circle cx="38.2" cy="29" r="0.8" fill="#ffffff" />
        <path d="M28.5 35c2 2.6 5 2.6 7 0" fill="none" stroke="#6b3a00" strokeWidth="1.8" strokeLinecap="round" />
        <circle cx="22.5" cy="34" r="2" fill="#ff8a65" opacity="0.6" />
        <circle cx="41.5" cy="34" r="2" fill="#ff8a65" opacity="0.6" />
      </g>
      <g className="gift-glint" fill="#fff7c2">
        <path d="M55 6l1.3 3.1 3.1 1.3-3.1 1.3L55 14.8l-1.3-3.1-3.1-1.3 3.1-1.3Z" />
        <path d="M8 44l1.1 2.6 2.6 1.1-2.6 1.1L8 51.4l-1.1-2.6-2.6-1.1 2.6-1.1Z" />
      </g>
    </>
  );
}

export function Balloon() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={id} cx="0.35" cy="0.28" r="0.85">
          <stop offset="0" stopColor="#d6fbff" />
          <stop offset="0.4" stopColor="#4fc3f7" />
          <stop offset="1" stopColor="#1a56c4" />
        </radialGradient>
      </defs>
      <g className="gift-float">
        <path d="M32 46c-4 5 4 7 0 17" fill="none" stroke="#b9c6d8" strokeWidth="1.6" strokeLinecap="round" />
        <path d="M32 42l-3.6 5.2h7.2Z" fill="#1a56c4" />
        <path
          d="M32 3c10 0 17.5 7.5 17.5 18.5C49.5 32 40.5 43 32 43S14.5 32 14.5 21.5C14.5 10.5 22 3 32 3Z"
          fill={`url(#${id})`}
        />
        <path
          d="M21 12c-3 3-4.5 7-4 11"
          fill="none"
          stroke="#ffffff"
          strokeWidth="3"
          strokeLinecap="round"
          opacity="0.75"
        />
        <circle cx="25.5" cy="8.8" r="1.6" fill="#ffffff" opacity="0.75" />
      </g>
    </>
  );
}

export function PaperPlane() {
  return (
    <>
      <path
        d="M3 58c7-1 9-6 6-9-3-2-6 3-2 5 6 3 12-1 15-7"
        fill="none"
        stroke="#8fb7ff"
        strokeWidth="1.8"
        strokeDasharray="2 3.4"
        strokeLinecap="round"
      />
      <g className="gift-glide">
        <path d="M5 28 60 6 25 38Z" fill="#f5f9ff" />
        <path d="M25 38 60 6 27.5 41 24 55Z" fill="#8aa6d6" />
        <path d="M27.5 41 60 6 46 52Z" fill="#dbe7fb" />
        <path d="M24 55l10-9-6.5-5Z" fill="#6685bd" />
        <path d="M5 28 60 6" stroke="#ffffff" strokeWidth="1" />
        <path d="M44 22l1.8-3.6c1.8-1.4 3.8.6 2.4 2.4L44.6 24.5 42 21c-.6-2 2-2.4 2 1Z" fill="#ff5f7e" opacity="0.9" />
      </g>
    </>
  );
}

const BURSTS = [
  { x: 32, y: 24, r: 21, n: 14, hue: '#ffd54a', core: '#fff7c2', late: 0 },
  { x: 15, y: 42, r: 12, n: 11, hue: '#ff5fa2', core: '#ffd0e6', late: 1 },
  { x: 49, y: 44, r: 13, n: 11, hue: '#4fd8ff', core: '#d9f7ff', late: 2 },
];

export function Fireworks() {
  return (
    <>
      <path
        d="M32 62c-1-10 0-20 0-30M15 62c-2-6-1-10 0-16M49 62c2-5 1-9 0-14"
        fill="none"
        stroke="#8a7a5c"
        strokeWidth="1"
        strokeDasharray="1 3"
      />
      {BURSTS.map(({ x, y, r, n, hue, core, late }) => (
        <g key={hue} className={`gift-burst gift-late-${late}`}>
          {around(n).map((turn) => (
            <g key={turn} transform={`rotate(${turn} ${x} ${y})`}>
              <path
                d={`M${x} ${y - r * 0.28}V${y - r * 0.78}`}
                stroke={hue}
                strokeWidth={r / 13}
                strokeLinecap="round"
              />
              <circle cx={x} cy={y - r * 0.94} r={r / 16} fill={core} />
            </g>
          ))}
          {around(n, 180 / n).map((turn) => (
            <circle key={turn} transform={`rotate(${turn} ${x} ${y})`} cx={x} cy={y - r * 0.6} r={r / 22} fill={hue} />
          ))}
          <circle cx={x} cy={y} r={r / 9} fill={core} />
        </g>
      ))}
    </>
  );
}

export function Voyage() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}e`} x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#ff8a5c" />
          <stop offset="0.5" stopColor="#ff5f6d" />
          <stop offset="1" stopColor="#a81e5f" />
        </linearGradient>
        <linearGradient id={`${id}p`} x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#fff6d6" />
          <stop offset="1" stopColor="#f2b55a" />
        </linearGradient>
      </defs>
      <clipPath id={`${id}c`}>
        <path d="M32 2C47 2 57 12 57 24c0 10-9 16-16 25H23C16 40 7 34 7 24 7 12 17 2 32 2Z" />
      </clipPath>
      <g className="gift-drift" fill="#ffffff" opacity="0.85">
        <path d="M2 44c0-4 5-5 7-2 2-3 8-2 8 2 3 0 3 4 0 4H4c-4 0-4-4-2-4Z" />
      </g>
      <g className="gift-float">
        <path d="M32 2C47 2 57 12 57 24c0 10-9 16-16 25H23C16 40 7 34 7 24 7 12 17 2 32 2Z" fill={`url(#${id}e)`} />
        <path d="M32 2c9 6 12 26 5 47h-10C20 28 23 8 32 2Z" fill={`url(#${id}p)`} />
        <path d="M32 2C20 5 12 20 22 47l1 2C16 40 7 34 7 24 7 12 17 2 32 2Z" fill="#ffffff" opacity="0.16" />
        <path
          d="M32 2C13 8 11 28 24 51M32 2C51 8 53 28 40 51"
          clipPath={`url(#${id}c)`}
          fill="none"
          stroke="#fff0c9"
          strokeWidth="2.6"
          opacity="0.85"
        />
        <path d="M4 26c10 6 46 6 56 0" clipPath={`url(#${id}c)`} fill="none" stroke="#ffd76a" strokeWidth="2.2" />
        <path d="M24 49l3 6M40 49l-3 6M32 49v6" stroke="#7a4b21" strokeWidth="1.1" />
        <path d="M26 54.5h12l-1 6c-.2 1.4-1 2-2.2 2h-5.6c-1.2 0-2-.6-2.2-2Z" fill="#a9692f" />
        <path d="M26 55h12M27 58.5h10" stroke="#6e3f17" strokeWidth="1.2" />
      </g>
      <g className="gift-drift gift-late" fill="#eaf4ff" opacity="0.9">
        <path d="M46 55c0-3.6 4.5-4.6 6.5-2 2-2.6 7.5-1.6 7.5 2 2.6 0 2.6 3.6 0 3.6H48c-3.6 0-3.6-3.6-2-3.6Z" />
      </g>
    </>
  );
}

const ARM = 'M32 32C36 27 43 28 45 33c3 8-4 16-13 15C20 47 13 36 17 26';
const DUST = [
  [14, 17, 0.9],
  [22, 9, 0.7],
  [45, 12, 1.1],
  [53, 26, 0.8],
  [10, 38, 1],
  [24, 54, 0.8],
  [40, 57, 0.6],
  [34, 6, 0.6],
] as const;

export function Universe() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={`${id}s`} cx="0.5" cy="0.5" r="0.55">
          <stop offset="0" stopColor="#4b2a9c" />
          <stop offset="0.55" stopColor="#1c1353" />
          <stop offset="1" stopColor="#070620" />
        </radialGradient>
        <radialGradient id={`${id}c`}>
          <stop offset="0" stopColor="#ffffff" />
          <stop offset="0.35" stopColor="#ffe6a8" />
          <stop offset="1" stopColor="#ff8ad8" stopOpacity="0" />
        </radialGradient>
        <linearGradient id={`${id}a`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#66e0ff" stopOpacity="0" />
          <stop offset="0.5" stopColor="#9d7bff" />
          <stop offset="1" stopColor="#ffd1f3" />
        </linearGradient>
        <linearGradient id={`${id}p`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#ffe0a3" />
          <stop offset="0.6" stopColor="#ff8f5c" />
          <stop offset="1" stopColor="#a22d5b" />
        </linearGradient>
      </defs>
      <circle cx="32" cy="32" r="30" fill={`url(#${id}s)`} />
      <circle cx="32" cy="32" r="30" fill="none" stroke="#a98bff" strokeWidth="0.8" opacity="0.7" />
      <g className="gift-orbit" fill="none" strokeLinecap="round">
        {around(3).map((turn) => (
          <g key={turn} transform={`rotate(${turn} 32 32)`}>
            <path d={ARM} stroke={`url(#${id}a)`} strokeWidth="5.5" opacity="0.3" />
            <path d={ARM} stroke={`url(#${id}a)`} strokeWidth="2" />
          </g>
        ))}
      </g>
      <circle className="gift-glow" cx="32" cy="32" r="12" fill={`url(#${id}c)`} />
      <g fill="#ffffff">
        {DUST.map(([x, y, r]) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r={r} />
        ))}
      </g>
      <g className="gift-glint" fill="#fff3c4">
        <path d="M49 17l1.3 3.1 3.1 1.3-3.1 1.3L49 25.8l-1.3-3.1-3.1-1.3 3.1-1.3Z" />
        <path d="M16 44l1 2.4 2.4 1-2.4 1-1 2.4-1-2.4-2.4-1 2.4-1Z" />
      </g>
      <g className="gift-float">
        <path
          d="M36.5 52C34 50 39 44.5 47 41c7-3 13-3.6 14-1.2"
          fill="none"
          stroke="#ffe9b8"
          strokeWidth="1.8"
          opacity="0.55"
        />
        <circle cx="49" cy="46" r="7.5" fill={`url(#${id}p)`} />
        <path
          d="M42.5 43c4 1 9 0 12.6-2M42 47.5c5 1.2 10 .2 14.3-2.5M44.5 51.6c3.5.6 7-.2 10-2.2"
          fill="none"
          stroke="#fff0d0"
          strokeWidth="1"
          opacity="0.55"
        />
        <path
          d="M61 39.8c1 3-5 8.5-12 11.4-6 2.5-11.5 2.8-12.5.8"
          fill="none"
          stroke="#ffe9b8"
          strokeWidth="1.8"
          strokeLinecap="round"
        />
      </g>
    </>
  );
}
