import type { CSSProperties, ReactNode } from 'react';
import { GiftArt } from './gift_art.tsx';
import './stage.css';

/** What moves around a great gift while it has the stage. */
interface Scene {
  /** Light behind it, and the colours of what flies. */
  light: string;
  bits: readonly string[];
  motion: 'fall' | 'rise' | 'burst';
  shape: 'dot' | 'petal' | 'spark' | 'ring';
}

const SCENES: Record<string, Scene> = {
  fireworks: { light: '#ffb84d', bits: ['#ffd54a', '#ff5fa2', '#4fd8ff', '#b6ff6a'], motion: 'burst', shape: 'spark' },
  comet: { light: '#ff8f5c', bits: ['#fff3c4', '#ffb84d', '#c79bff'], motion: 'fall', shape: 'spark' },
  whale: { light: '#3aa6ff', bits: ['#bdeaff', '#7fd4ff', '#ffffff'], motion: 'rise', shape: 'ring' },
  voyage: { light: '#ff9a76', bits: ['#ffffff', '#ffe3b3', '#ffc2b0'], motion: 'rise', shape: 'petal' },
  aurora: { light: '#37f0a8', bits: ['#b8ff6a', '#2ee6c5', '#9b5cff'], motion: 'rise', shape: 'dot' },
  universe: { light: '#8a5cff', bits: ['#ffffff', '#ffe6a8', '#9d7bff', '#66e0ff'], motion: 'burst', shape: 'spark' },
};
const PLAIN: Scene = { light: 'var(--accent)', bits: ['var(--accent)'], motion: 'fall', shape: 'petal' };

const SHAPES: Record<Scene['shape'], string> = {
  dot: 'rounded-full',
  petal: 'rounded-[60%_10%_60%_10%]',
  spark: 'gift-spark',
  ring: 'rounded-full border-2 !bg-transparent',
};
const BITS = Array.from({ length: 26 }, (_, at) => at);
/** Even and without a pattern one sees: steps of the golden ratio. */
const spread = (at: number, step: number) => (at * step) % 1;

/** A great gift on the whole stage. Without animation it is simply there, and nothing flies. */
export function StageScene({ gift, children }: { gift: string; children: ReactNode }) {
  const scene = SCENES[gift] ?? PLAIN;
  return (
    // Above the chat of a phone, whose lower third it would cover.
    <div className="absolute inset-0 flex items-center justify-center max-md:pb-36">
      <div
        aria-hidden="true"
        style={{ '--light': scene.light } as CSSProperties}
        className="gift-light absolute size-[min(125vw,95vh)] rounded-full"
      />
      <div aria-hidden="true" className="absolute inset-0 overflow-hidden motion-reduce:hidden">
        {BITS.map((at) => (
          <Bit key={at} at={at} scene={scene} />
        ))}
      </div>
      <div className="gift-in-stage flex flex-col items-center text-white">
        <GiftArt gift={gift} moving className="size-[min(62vw,42vh)] drop-shadow-2xl" />
        <div className="-mt-1 rounded-full bg-black/60 px-5 py-2 text-center backdrop-blur-md">{children}</div>
      </div>
    </div>
  );
}

function Bit({ at, scene: { bits, motion, shape } }: { at: number; scene: Scene }) {
  const colour = bits[at % bits.length] as string;
  const size = 6 + 12 * spread(at, 0.755);
  const style = {
    width: size,
    height: size,
    color: colour,
    backgroundColor: colour,
    borderColor: colour,
    animationDelay: `${Math.round(2_600 * spread(at, 0.618))}ms`,
    '--drift': `${Math.round(160 * spread(at, 0.569) - 80)}px`,
    ...(motion === 'burst'
      ? {
          left: '50%',
          top: '42%',
          '--far-x': `${Math.round(62 * Math.cos(at * 2.4))}vmin`,
          '--far-y': `${Math.round(62 * Math.sin(at * 2.4))}vmin`,
        }
      : {
          left: `${Math.round(100 * spread(at, 0.618))}%`,
          top: `${Math.round(motion === 'fall' ? 36 * spread(at, 0.414) : 60 + 40 * spread(at, 0.414))}%`,
        }),
  };
  return <span className={`gift-bit gift-${motion} ${SHAPES[shape]} absolute`} style={style as CSSProperties} />;
}
