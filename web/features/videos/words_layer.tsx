import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useText } from '../../text.ts';
import { drawWords, type Words } from './words.ts';

interface WordsLayerProps {
  words: readonly Words[];
  chosen: number | null;
  onChoose: (at: number) => void;
  onMove: (at: number, place: { x: number; y: number }) => void;
  /** Of the film, in pixels. */
  size: { width: number; height: number };
}

const STEP = 0.02;
const EDGE = 0.06;
const inside = (share: number): number => Math.min(1 - EDGE, Math.max(EDGE, share));
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** The words as they will be drawn into the film; each can be dragged, or moved with the arrow keys. */
export function WordsLayer({ words, chosen, onChoose, onMove, size }: WordsLayerProps) {
  const { t } = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext('2d');
    pen?.clearRect(0, 0, size.width, size.height);
    if (pen) drawWords(pen, words, size.width, size.height);
  }, [words, size]);

  const drag = (at: number) => (event: PointerEvent) => {
    if (event.type === 'pointerdown') {
      event.currentTarget.setPointerCapture(event.pointerId);
      return onChoose(at);
    }
    const frame = box.current?.getBoundingClientRect();
    if (!frame || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const [x, y] = [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
    onMove(at, { x: inside(x), y: inside(y) });
  };
  const press =
    (at: number, { x, y }: Words) =>
    (event: KeyboardEvent) => {
      const [dx, dy] = ARROWS[event.key] ?? [0, 0];
      if (!dx && !dy) return;
      event.preventDefault();
      onMove(at, { x: inside(x + dx), y: inside(y + dy) });
    };
  return (
    <div ref={box} className="pointer-events-none absolute inset-0">
      <canvas ref={canvas} width={size.width} height={size.height} className="size-full" />
      {words.map((one, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: words have no name but their place
          key={i}
          type="button"
          aria-label={t('posting.words_move', { text: one.text })}
          aria-pressed={chosen === i}
          onPointerDown={drag(i)}
          onPointerMove={drag(i)}
          onClick={() => onChoose(i)}
          onKeyDown={press(i, one)}
          className={`-translate-x-1/2 -translate-y-1/2 pointer-events-auto absolute min-h-11 w-4/5 cursor-move touch-none rounded-md ${chosen === i ? 'outline-2 outline-white outline-dashed' : ''}`}
          style={{ left: `${one.x * 100}%`, top: `${one.y * 100}%` }}
        />
      ))}
    </div>
  );
}
