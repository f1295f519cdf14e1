import type { VideoSample } from 'mediabunny';
import { HEIGHT, WIDTH } from './codecs.ts';

/** How often the still is taken anew: often enough to show that somebody is there. */
const EVERY_S = 10;
/** Drawn so small that little is left to send; enlarged it looks like frosted glass. */
const [COARSE_WIDTH, COARSE_HEIGHT] = [72, 128];
/** A microphone, in a field of 24 by 24. */
const MICROPHONE = 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3M5 11a7 7 0 0 0 14 0M12 18v3M8 21h8';
const SIGN = 180;

/** Makes of a moving picture one that stands: what the camera saw, softened, behind the sign for sound. */
export function createStill(): (sample: VideoSample) => OffscreenCanvas {
  const coarse = new OffscreenCanvas(COARSE_WIDTH, COARSE_HEIGHT);
  const shown = new OffscreenCanvas(WIDTH, HEIGHT);
  const [small, large] = [coarse.getContext('2d'), shown.getContext('2d')];
  let taken_s: number | null = null;
  return (sample) => {
    if (!small || !large || (taken_s !== null && sample.timestamp - taken_s < EVERY_S)) return shown;
    taken_s = sample.timestamp;
    sample.draw(small, 0, 0, COARSE_WIDTH, COARSE_HEIGHT);
    large.drawImage(coarse, 0, 0, WIDTH, HEIGHT);
    large.fillStyle = 'rgb(0 0 0 / 55%)';
    large.fillRect(0, 0, WIDTH, HEIGHT);
    large.save();
    large.translate((WIDTH - SIGN) / 2, (HEIGHT - SIGN) / 2);
    large.scale(SIGN / 24, SIGN / 24);
    large.strokeStyle = 'white';
    large.lineWidth = 1.5;
    large.lineCap = 'round';
    large.stroke(new Path2D(MICROPHONE));
    large.restore();
    return shown;
  };
}
