import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { redraw } from './images.ts';

const blank = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#c33' } });
const frame = { width: 64, height: 64, fit: 'cover' as const };
const refused = (code: string) => (error: unknown) => (error as { code: string }).code === code;

test('a photo is cut to its frame and loses where it was taken (E4)', async () => {
  const photo = await blank(300, 200)
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' } })
    .jpeg()
    .toBuffer();
  assert.ok((await sharp(photo).metadata()).exif, 'the photo carried a place');
  const [small, large] = await redraw(photo, [frame, { width: 1000, height: 1000, fit: 'inside' }]);
  assert.deepEqual([small?.width, small?.height], [64, 64]);
  assert.deepEqual([large?.width, large?.height], [300, 200]);
  const seen = await sharp(small?.data).metadata();
  assert.equal(seen.format, 'webp');
  assert.equal(seen.exif, undefined);
});

test('E4: bombs, SVG and what only looks like a picture are refused', async () => {
  const bomb = await blank(60_000, 1_000).png().toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>');
  const gif = await blank(10, 10).gif().toBuffer();
  const cut = (await blank(500, 500).png().toBuffer()).subarray(0, 200);
  for (const input of [bomb, svg, gif, cut, Buffer.from('hello'), Buffer.alloc(0)]) {
    await assert.rejects(redraw(input, [frame]), refused('image_refused'));
  }
});
