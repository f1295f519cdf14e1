import { useId } from 'react';

/** The middle gifts, drawn on 64 × 64. Parts that move carry a class of gifts.css. */

export function Diamond() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#d9fbff" />
          <stop offset="0.5" stopColor="#58c7f3" />
          <stop offset="1" stopColor="#2b6cd4" />
        </linearGradient>
      </defs>
      <g className="gift-float">
        <path d="M16 14h32l10 13-26 29L6 27Z" fill={`url(#${id})`} />
        <path
          d="M16 14l7 13 9-13 9 13 7-13M6 27h52M23 27l9 29 9-29"
          fill="none"
          stroke="#f2feff"
          strokeWidth="1.6"
          opacity="0.9"
        />
        <path d="M16 14l7 13H6Z" fill="#ffffff" opacity="0.35" />
        <path d="M41 27l17 0-26 29Z" fill="#173f97" opacity="0.28" />
      </g>
      <g className="gift-glint" fill="#ffffff">
        <path d="M50 6l1.8 4.2L56 12l-4.2 1.8L50 18l-1.8-4.2L44 12l4.2-1.8Z" />
        <path d="M12 40l1.2 2.8L16 44l-2.8 1.2L12 48l-1.2-2.8L8 44l2.8-1.2Z" />
      </g>
    </>
  );
}

export function Lantern() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={id} cx="0.5" cy="0.55" r="0.6">
          <stop offset="0" stopColor="#fff3b0" />
          <stop offset="0.5" stopColor="#ffb347" />
          <stop offset="1" stopColor="#d9480f" />
        </radialGradient>
      </defs>
      <circle className="gift-glow" cx="32" cy="34" r="27" fill="#ffb347" opacity="0.22" />
      <g className="gift-swing">
        <path d="M32 3v7" stroke="#d9a441" strokeWidth="2.4" strokeLinecap="round" />
        <path d="M25 10h14l3 6H22Z" fill="#a4711c" />
        <path d="M22 16h20c7 7 7 25 0 32H22c-7-7-7-25 0-32Z" fill={`url(#${id})`} />
        <path
          d="M32 16v32M25.5 16c-3.5 8-3.5 24 0 32M38.5 16c3.5 8 3.5 24 0 32M17.5 32h29"
          fill="none"
          stroke="#8a3b0a"
          strokeWidth="1.4"
          opacity="0.7"
        />
        <path d="M22 48h20l-3 5H25Z" fill="#a4711c" />
        <path d="M28 53v7M32 53v9M36 53v7" stroke="#d94f3d" strokeWidth="2" strokeLinecap="round" />
      </g>
    </>
  );
}

export function Carousel() {
  return (
    <>
      <path d="M32 3v7" stroke="#ffd166" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M32 4l8 2.6-8 2.8Z" fill="#ff6b6b" />
      <path d="M8 24C12 15 22 10 32 10s20 5 24 14Z" fill="#ff6b6b" />
      <path d="M20 24c1-6 5-12 12-14-4 4-5 9-5 14ZM44 24c-1-6-5-12-12-14 4 4 5 9 5 14Z" fill="#ffe3b3" />
      <path
        d="M8 24h48c0 3-3 4-4.8 1.6C49 29 45 29 43.2 25.6 41 29 37 29 35 25.6 33 29 31 29 29 25.6 27 29 23 29 20.8 25.6 19 29 15 29 12.8 25.6 11 28 8 27 8 24Z"
        fill="#ffd166"
      />
      <g className="gift-ride">
        <path d="M16 28v24M32 28v24M48 28v24" stroke="#ffe3b3" strokeWidth="2" />
        <g fill="#7bdff2">
          <path d="M10 40c2-4 7-4 9-1l3-2-.5 4.5-2.5 1V47h-2v-3h-4v3h-2v-4Z" />
          <path d="M42 42c2-4 7-4 9-1l3-2-.5 4.5-2.5 1V49h-2v-3h-4v3h-2v-4Z" />
        </g>
        <path d="M26 38c2-4 7-4 9-1l3-2-.5 4.5-2.5 1V45h-2v-3h-4v3h-2v-4Z" fill="#ffffff" />
      </g>
      <path d="M10 52h44l3 6H7Z" fill="#c44569" />
      <path d="M10 52h44" stroke="#ffd166" strokeWidth="2" />
    </>
  );
}
