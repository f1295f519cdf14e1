import { useId } from 'react';

/** Gifts of the sea, drawn on 64 × 64. Parts that move carry a class of gifts.css. */

export function Lighthouse() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}n`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#0e1a4a" />
          <stop offset="0.65" stopColor="#5a3d8f" />
          <stop offset="1" stopColor="#ff9a76" />
        </linearGradient>
        <linearGradient id={`${id}b`} x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#fff6c2" />
          <stop offset="1" stopColor="#fff6c2" stopOpacity="0" />
        </linearGradient>
        <clipPath id={`${id}c`}>
          <circle cx="32" cy="32" r="30" />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}c)`}>
        <path d="M0 0h64v64H0Z" fill={`url(#${id}n)`} />
        <g fill="#ffffff">
          <circle cx="14" cy="14" r="0.9" />
          <circle cx="48" cy="9" r="0.8" />
          <circle cx="54" cy="24" r="1" />
          <circle cx="9" cy="27" r="0.8" />
          <circle cx="41" cy="17" r="0.6" />
        </g>
        <g className="gift-beam">
          <path d="M27 19 68 6v27Z" fill={`url(#${id}b)`} opacity="0.9" />
          <path d="M27 19-12 10v19Z" fill="#fff6c2" opacity="0.16" />
        </g>
        <path d="M22 25h10l3 27H19Z" fill="#fdf3ea" />
        <path d="M21.7 30h10.7l.6 6H21Zm-1.3 11h13.3l.6 6H19.7Z" fill="#e5394f" />
        <path d="M29 25h3l3 27h-4Z" fill="#00000026" />
        <path d="M20 24h14v-2H20Z" fill="#2a1f3d" />
        <path d="M22.5 15h9v7h-9Z" fill="#ffe98a" />
        <path d="M22.5 15h9v7h-9Zm3 0v7m3-7v7" fill="none" stroke="#2a1f3d" strokeWidth="1.1" />
        <path d="M21 15c0-5 12-5 12 0ZM27 8v3" fill="#e5394f" stroke="#2a1f3d" strokeWidth="1" />
        <path d="M25.5 52v-6c0-2 3-2 3 0v6Z" fill="#5a2b3a" />
        <path d="M4 60c4-7 10-9 15-9 6-2 13-1 17 1 6 1 9 4 11 8Z" fill="#1b1630" />
        <g className="gift-swell">
          <path
            d="M-4 56c5-3 8 2 13 0s8-3 13 0 8 2 13 0 8-3 13 0 8 2 13 0 8-3 10 0v12H-4Z"
            fill="#2456b8"
            opacity="0.92"
          />
          <path d="M-4 60c5-2 8 2 13 0s8-2 13 0 8 2 13 0 8-2 13 0 8 2 13 0 8-2 10 0v8H-4Z" fill="#123a86" />
        </g>
      </g>
      <circle cx="32" cy="32" r="30" fill="none" stroke="#ffe9b8" strokeWidth="1.2" opacity="0.6" />
    </>
  );
}

export function Whale() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}b`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#7fd4ff" />
          <stop offset="0.5" stopColor="#2f86e0" />
          <stop offset="1" stopColor="#173c94" />
        </linearGradient>
        <linearGradient id={`${id}w`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#ffffff" />
          <stop offset="1" stopColor="#bfe6ff" />
        </linearGradient>
      </defs>
      <g className="gift-spout" fill="none" strokeLinecap="round">
        <path d="M22 19c0-6-3-9-8-9M22 19c0-6 3-10 9-9" stroke="#bdeaff" strokeWidth="3" />
        <path d="M22 19c0-8-.4-11 0-15" stroke="#e6f8ff" strokeWidth="2.4" />
        <path d="M11 12v2M34 12v3M22 1.5v.2" stroke="#e6f8ff" strokeWidth="2.6" />
      </g>
      <g className="gift-swim">
        <path
          d="M4 36c0-10 9-17 21-17 12 0 17 8 24 9 3 .4 4-2 4-5-5-1-8-5-7-9 5 0 8 2 9 5 2-4 6-5 8-3-1 5-3 7-5 8-.2 2 .4 6 .4 8C58 45 47 53 31 53 14 53 4 46 4 36Z"
          fill={`url(#${id}b)`}
        />
        <path d="M5 40c8 7 24 8 37 3-3 6-7 10-13 10-13 0-22-6-24-13Z" fill={`url(#${id}w)`} />
        <path
          d="M12 45.5c1 2 2.6 4 4.6 5.3M19 47.5c.6 1.8 1.6 3.4 3 4.9M26.5 48c.2 1.6.6 3 1.4 4.7"
          fill="none"
          stroke="#7fb4de"
          strokeWidth="1.3"
          strokeLinecap="round"
        />
        <path d="M26 40c2 6 8 9 13 8-1-5-6-9-13-8Z" fill="#1f5fbf" />
        <circle cx="15.5" cy="34" r="2.3" fill="#0b1b3f" />
        <circle cx="16.3" cy="33.2" r="0.8" fill="#ffffff" />
        <path d="M5.5 39.5c4 2.4 8 2.6 11 1" fill="none" stroke="#0b1b3f" strokeWidth="1.4" strokeLinecap="round" />
        <circle cx="20" cy="38" r="2" fill="#ff9db5" opacity="0.55" />
        <path
          d="M12 27c4-4 10-5.5 16-4.5"
          fill="none"
          stroke="#ffffff"
          strokeWidth="2"
          strokeLinecap="round"
          opacity="0.55"
        />
      </g>
      <g className="gift-swell" fill="none" stroke="#8fe0ff" strokeWidth="2.4" strokeLinecap="round">
        <path d="M2 56c5-3 8 2 13 0s8-3 13 0 8 2 13 0 8-3 13 0 6 1.6 8 0" />
        <path d="M8 61c4-2.4 6 1.6 10 0s6-2.4 10 0 6 1.6 10 0 6-2.4 10 0 4 1.2 6 0" opacity="0.6" />
      </g>
    </>
  );
}
