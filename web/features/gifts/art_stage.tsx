import { useId } from 'react';

/** The great gifts, drawn on 64 × 64. Parts that move carry a class of gifts.css. */

export function Comet() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}t`} x1="1" y1="1" x2="0" y2="0">
          <stop offset="0" stopColor="#ffe9a8" />
          <stop offset="0.35" stopColor="#ff8f5c" stopOpacity="0.9" />
          <stop offset="1" stopColor="#7a3cff" stopOpacity="0" />
        </linearGradient>
        <radialGradient id={`${id}h`} cx="0.4" cy="0.4" r="0.7">
          <stop offset="0" stopColor="#ffffff" />
          <stop offset="0.5" stopColor="#ffe07a" />
          <stop offset="1" stopColor="#ff7a3d" />
        </radialGradient>
      </defs>
      <g className="gift-flight">
        <path d="M52 40 4 4l36 48Z" fill={`url(#${id}t)`} />
        <path d="M54 44 20 14l25 38Z" fill={`url(#${id}t)`} opacity="0.8" />
        <circle cx="47" cy="47" r="11" fill={`url(#${id}h)`} />
        <circle cx="43" cy="43" r="3.2" fill="#ffffff" opacity="0.8" />
      </g>
      <g className="gift-glint" fill="#fff3c4">
        <path d="M53 13l1.5 3.5L58 18l-3.5 1.5L53 23l-1.5-3.5L48 18l3.5-1.5Z" />
        <path d="M14 48l1.2 2.8L18 52l-2.8 1.2L14 56l-1.2-2.8L10 52l2.8-1.2Z" />
        <circle cx="34" cy="9" r="1.5" />
        <circle cx="9" cy="32" r="1.5" />
      </g>
    </>
  );
}

export function Aurora() {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={`${id}a`} x1="0" y1="1" x2="0" y2="0">
          <stop offset="0" stopColor="#37f0a8" />
          <stop offset="0.6" stopColor="#2fb6ff" stopOpacity="0.7" />
          <stop offset="1" stopColor="#9b5cff" stopOpacity="0" />
        </linearGradient>
        <linearGradient id={`${id}b`} x1="0" y1="1" x2="0" y2="0">
          <stop offset="0" stopColor="#b8ff6a" />
          <stop offset="0.5" stopColor="#2ee6c5" stopOpacity="0.8" />
          <stop offset="1" stopColor="#ff5fd2" stopOpacity="0" />
        </linearGradient>
        <clipPath id={`${id}c`}>
          <path d="M32 2c4 8 12 10 18 15 6 5 8 11 8 19v22a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4V36c0-8 2-14 8-19 6-5 14-7 18-15Z" />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}c)`}>
        <path d="M0 0h64v64H0Z" fill="#10193f" />
        <g fill="#ffffff">
          <circle cx="18" cy="26" r="0.9" />
          <circle cx="32" cy="12" r="1.1" />
          <circle cx="47" cy="22" r="0.9" />
          <circle cx="25" cy="40" r="0.7" />
          <circle cx="52" cy="36" r="0.8" />
          <circle cx="12" cy="38" r="0.8" />
        </g>
        <path
          className="gift-veil"
          d="M4 52c8-10 12 2 20-6s10-4 16-10 12-2 20-12v10c-8 8-12 6-20 14s-12 2-18 10-12 2-18 8Z"
          fill={`url(#${id}a)`}
        />
        <path
          className="gift-veil gift-late"
          d="M2 44c10-6 14-2 22-12s14-4 20-14 12-2 18-8v14c-8 4-12 6-18 14s-12 6-20 12-14 0-22 8Z"
          fill={`url(#${id}b)`}
        />
        <path d="M0 64V54l10-8 8 7 12-10 12 11 9-6 13 8v8Z" fill="#05081c" />
      </g>
    </>
  );
}
