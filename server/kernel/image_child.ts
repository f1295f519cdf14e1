/** The process that touches pictures from outside. It is started for one picture and ended after it. */
import sharp from 'sharp';
import type { Frame } from './images.ts';

const MAX_PIXELS = 40_000_000;
const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif']);

sharp.cache(false);
sharp.concurrency(1);
// Only the four decoders are reachable: no SVG (which may name other files), PDF, GIF or ImageMagick.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
});

process.once('message', async ({ input, frames }: { input: Uint8Array; frames: Frame[] }) => {
  try {
    const image = sharp(input, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false });
    if (!FORMATS.has((await image.metadata()).format ?? '')) throw new Error('not a picture of ours');
    const pictures = [];
    for (const { width, height, fit } of frames) {
      const { data, info } = await image
        .clone()
        .autoOrient()
        .resize({ width, height, fit, withoutEnlargement: fit === 'inside' })
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true });
      pictures.push({ data, width: info.width, height: info.height });
    }
    process.send?.(pictures);
  } catch {
    process.send?.(null);
  }
});
