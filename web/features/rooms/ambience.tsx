import { type RefObject, useEffect, useRef } from 'react';

const EVERY_MS = 700;
const [WIDTH, HEIGHT] = [5, 8];

/**
 * On a desktop an upright picture leaves room at its sides: they take its colours, as from a lamp behind it. A few
 * points of the running picture, drawn large: the browser's own smoothing makes them soft.
 */
export function Ambience({ picture }: { picture: RefObject<HTMLElement | null> }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = ref.current?.getContext('2d');
    const wide = matchMedia('(min-width: 48rem)');
    const draw = () => {
      const video = picture.current?.querySelector('video');
      if (!pen || !video || !wide.matches || document.hidden || video.readyState < 2) return;
      pen.drawImage(video, 0, 0, WIDTH, HEIGHT);
    };
    const timer = window.setInterval(draw, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [picture]);
  return (
    <canvas ref={ref} width={WIDTH} height={HEIGHT} className="absolute inset-0 hidden size-full opacity-40 md:block" />
  );
}
