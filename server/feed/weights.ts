/** Weights are data: one file a version, so that what was served can be ranked again as it was. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { FEATURES, type Feature } from './features.ts';

const shape = z.strictObject({
  version: z.string().regex(/^[a-z0-9.-]{1,20}$/),
  weights: z.record(z.enum(Object.keys(FEATURES) as [Feature, ...Feature[]]), z.number()),
});
export type Weights = z.output<typeof shape>;

/** @throws when the file does not name a weight for each feature, and nothing else */
export const readWeights = (path: string): Weights => shape.parse(JSON.parse(readFileSync(path, 'utf8')));

/** The file in force. */
export const WEIGHTS = readWeights(join(import.meta.dirname, 'weights/2.json'));
