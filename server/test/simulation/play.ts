/** Plays a script in a world and checks everything after each step. */
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../harness.ts';
import { faultsOf } from './checks.ts';
import { deeds } from './deeds.ts';
import { type Script, type Step, scriptOf } from './script.ts';
import { openWorld, quiet, type World } from './world.ts';

export interface Played {
  seed: number;
  /** What was found; null: the house held. */
  failure: string | null;
  /** What happened, a line for each burst. */
  journal: { steps: Step[]; told: string[] }[];
}

export const PEOPLE = 3;

/** @param script another than the seed's own: a journal that is played again */
export async function play(house: House, seed: number, script: Script = scriptOf(seed, PEOPLE)): Promise<Played> {
  const world = await openWorld(house);
  const journal: Played['journal'] = [];
  for (const steps of script) {
    const told: string[] = [];
    journal.push({ steps, told });
    const failure = await playSteps(world, steps, told);
    if (failure) return { seed, failure, journal };
  }
  return { seed, failure: null, journal };
}

async function playSteps(world: World, steps: Step[], told: string[]): Promise<string | null> {
  try {
    world.hurt = steps.some((step) => step.deed === 'crash');
    const done = await Promise.allSettled(steps.map((step) => patiently(world, step)));
    world.hurt = false;
    for (const one of done) told.push(one.status === 'fulfilled' ? one.value : `failed: ${messageOf(one.reason)}`);
    const failed = done.find((one) => one.status === 'rejected');
    if (failed) return messageOf(failed.reason);
    return await settledFaults(world);
  } catch (error) {
    return messageOf(error);
  }
}

const LOOKS = 4;

/** A webhook may come at any time after its deed; what is still wrong when all is quiet again is wrong. */
async function settledFaults(world: World): Promise<string | null> {
  for (let look = 1; ; look += 1) {
    const faults = await lookAround(world).catch((error) => [messageOf(error)]);
    if (faults.length === 0) return null;
    if (look === LOOKS) return faults.join('\n');
    await pause(50 * look);
  }
}

async function lookAround(world: World): Promise<string[]> {
  await quiet(world);
  return faultsOf(world);
}

const PATIENCE = 5;

/** Somebody whose house is being hurt tries again; everybody else is served at once. */
async function patiently(world: World, step: Step): Promise<string> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await deeds[step.deed](world, step);
    } catch (error) {
      if (!world.hurt || tried === PATIENCE) throw error;
      await pause(100);
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** For a person to read, and for `--replay` the steps as one line of JSON each. */
export function tell({ seed, failure, journal }: Played): string {
  const lines = journal.map(
    ({ steps, told }) => `${told.map((line) => `  ${line}`).join('\n')}\n    ${JSON.stringify(steps)}`,
  );
  return `seed ${seed}: ${failure ?? 'held'}\n${lines.join('\n')}`;
}

/** Reads what `tell` printed. */
export const scriptIn = (journal: string): Script =>
  journal
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('[{'))
    .map((line) => JSON.parse(line) as Step[]);
