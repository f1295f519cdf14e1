import { useId } from 'react';

/** The small gifts, drawn on 64 × 64. Parts that move carry a class of gifts.css. */

export function Rose() {
  const id = useId();
  return (
    <>
      <defs>
        <radialGradient id={id} cx="0.45" cy="0.35" r="0.8">
          <stop offset="0" stopColor="#ff8fa0" />
          <stop offset="0.55" stopColor="#e5274e" />
          <stop offset="1" stopColor="#8f0f33" />
        </radialGradient>
      </defs>
      <path d="M32 36c1 8 .5 15-2 23" fill="none" stroke="#2f8f57" strokeWidth="3.2" strokeLinecap="round" />
      <path d="M31.5 49c-6-6-12-5-14-3.5 2 5 8 7.5 13.5 6Z" fill="#3fae6a" />
      <path d="M32 45c4-6.5 10-6.5 12.5-5-1 5-6.5 8.5-12 8Z" fill="#2f8f57" />
      <g className="gift-sway">
        <path
          d="M32 6c7 0 9 4 14 5 3 8 1 14-2 18-2.5 5-7 9-12 9s-9.5-4-12-9c-3-4-5-10-2-18 5-1 7-5 14-5Z"
          fill={`url(#${id})`}
        />
        <path
          d="M24 16c3-4 12-4.5 15 0 2.5 4-2 9-7 8.5-4-.5-4.5-5-1-6 2.5-.5 4 1 3.5 2.5"
          fill="none"
          stroke="#ffd0d6"
          strokeWidth="1.8"
          strokeLinecap="round"
          opacity="0.85"
        />
        <path d="M19 20c2 9 7 13 13 14 6-1 11-5 13-14" fill="none" stroke="#7a0c2c" strokeWidth="1.6" opacity="0.55" />
      </g>
    </>
  );
}

export function Applause() {
  return (
    <>
      <g className="gift-pop" stroke="#ffd166" strokeWidth="3" strokeLinecap="round">
        <path d="M32 5v7M16 10l4 6M48 10l-4 6M8 22l6.5 3M56 22l-6.5 3" />
      </g>
      <g className="gift-clap">
        <path
          d="M20 30c-1-5 4-6 5.5-2l2.5 7 2-13c.6-4 6-3.6 6 .4l-.4 9 4-6c2-3.4 6.4-1 5 2.6l-3 8 2-1.6c3-2 6 1.6 3.6 4.2L39 49c-5 6-14 7-19 1.6C15 46 14.5 39 16 33c.6-3.2 3.4-4.6 4-3Z"
          fill="#f4b183"
        />
        <path
          d="M24 34l3.5 8M33 30l.5 10M40 34l-2.5 7"
          fill="none"
          stroke="#b8703f"
          strokeWidth="1.8"
          strokeLinecap="round"
        />
      </g>
      <path d="M17 50c5 8 16 9 24 1l2 5c-6 6-19 7-26 0Z" fill="#3aa6a0" />
    </>
  );
}

export function Coffee() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#fff6e6" />
          <stop offset="1" stopColor="#e3c9a3" />
        </linearGradient>
      </defs>
      <g className="gift-steam" fill="none" stroke="#d8cfc4" strokeWidth="2.6" strokeLinecap="round" opacity="0.9">
        <path d="M24 18c-3-4 3-6 0-10" />
        <path d="M33 18c-3-4 3-6 0-10" />
        <path d="M42 18c-3-4 3-6 0-10" />
      </g>
      <path d="M46 28h4a7 7 0 0 1 0 14h-5" fill="none" stroke="#e3c9a3" strokeWidth="4" />
      <path d="M13 24h35v14c0 9-7 15-17.5 15S13 47 13 38Z" fill={`url(#${id})`} />
      <ellipse cx="30.5" cy="25" rx="17.5" ry="4.6" fill="#6b3f22" />
      <path
        d="M24 25c2-2 5-1.6 6.5.2C32 23.4 35 23 37 25c-1.5 2-4.5 2.8-6.5 3.4C28.5 27.8 25.5 27 24 25Z"
        fill="#f0d9b5"
      />
      <ellipse cx="31" cy="56.5" rx="21" ry="3.5" fill="#b48a5a" />
    </>
  );
}
