/** Takes files from the choice to the post: examined, made anew where needed, sent, packaged, posted. */
import { newKey, queryClient } from '../../api.ts';
import { createDraft, publish, putCover, putDetails, readUpload } from './data.ts';
import { examine, judge } from './examine.ts';
import { changeKept, fingerprintOf, forget, type Kept, keep } from './kept.ts';
import { CannotRender, FULL, type Rendering, render, SMALL } from './render.ts';
import { idOf, type Sending, send, sendWhole } from './sending.ts';
import { addUpload, changeUpload, type Details, dropUpload, findUpload, type Upload, type Wish } from './uploads.ts';

/** What runs for an upload and can be stopped. */
interface Work {
  sending: Sending | null;
  rendering: Rendering | null;
  small: { blob: Promise<Blob | null>; cancel(): void } | null;
  settling: Promise<void> | null;
  stopped: boolean;
}

const works = new Map<string, Work>();
const workOf = (id: string): Work => {
  const known = works.get(id);
  if (known) return known;
  const fresh: Work = { sending: null, rendering: null, small: null, settling: null, stopped: false };
  works.set(id, fresh);
  return fresh;
};

export interface Start {
  file: File;
  person_id: string;
  details: Details;
  cover?: Blob | null;
  sound_id?: string | null;
  duet_of?: string | null;
}

/** Begins with a chosen or recorded file; it goes on without the screen. @returns its id in the store */
export function startUpload(start: Start): string {
  const { file, person_id, details, cover = null, sound_id = null, duet_of = null } = start;
  const id = crypto.randomUUID();
  const of = { id, name: file.name, details, cover, sound_id, duet_of };
  addUpload({ ...blank(of), file, url: URL.createObjectURL(file), phase: 'examining' });
  const places = { made: null, small: null, location: null, person_id, kept_at: Date.now() };
  void keep({ ...of, ...places, file, fingerprint: fingerprintOf(file) });
  void run(id, file, null);
  return id;
}

/** Shows what an earlier visit left unfinished. */
export function showKept(kept: Kept): void {
  if (findUpload(kept.id)) return;
  const { file } = kept;
  addUpload({ ...blank(kept), file, url: file && URL.createObjectURL(file), phase: 'left' });
}

/** Goes on with it. @param chosen the same file once more, where this browser has kept no copy */
export async function continueKept(kept: Kept, chosen: File | null): Promise<void> {
  const file = kept.file ?? chosen;
  if (!file) return;
  changeUpload(kept.id, { file, url: URL.createObjectURL(file), phase: 'examining' });
  await run(kept.id, file, kept);
}

function blank(of: Pick<Upload, 'id' | 'name' | 'details' | 'cover' | 'sound_id' | 'duet_of'>): Upload {
  const { id, name, details, cover, sound_id, duet_of } = of;
  const known = { id, name, details, cover, sound_id, duet_of };
  const ids = { upload_id: null, video_id: null, wish: null };
  const course = { done: 0, of: 0, speed: null, why: null, error: null, facts: null, verdict: null };
  return { ...known, ...ids, ...course, file: null, url: null, phase: 'examining' };
}

async function run(id: string, file: File, kept: Kept | null): Promise<void> {
  const work = workOf(id);
  const facts = await examine(file);
  const verdict = judge(facts, file.size);
  if (work.stopped) return;
  changeUpload(id, { facts, verdict });
  if (verdict.kind === 'refuse' || !facts) {
    void forget(id);
    return changeUpload(id, { phase: 'refused', why: verdict.kind === 'refuse' ? verdict.why : 'unreadable' });
  }
  let made: Blob = kept?.made ?? file;
  if (verdict.kind === 'convert' && !kept?.made) {
    const rendered = await convert(id, file);
    if (!rendered) return;
    made = rendered;
    await changeKept(id, { made });
  }
  if (work.stopped) return;
  // A copy made before the reload is not made again; an upload that had begun is beyond needing one.
  if (!kept?.location) work.small = shrink(made);
  await sendAll(id, made, kept?.location ?? null);
}

async function convert(id: string, file: File): Promise<Blob | null> {
  const { facts } = findUpload(id) ?? {};
  if (!facts) return null;
  changeUpload(id, { phase: 'converting', done: 0, of: 100 });
  const work = workOf(id);
  work.rendering = render(file, facts, FULL, (share) => changeUpload(id, { done: share * 100 }));
  try {
    return await work.rendering.file;
  } catch (error) {
    if (work.stopped) return null;
    const why = error instanceof CannotRender ? 'cannot_convert' : 'convert_failed';
    changeUpload(id, { phase: 'refused', why });
    return null;
  } finally {
    work.rendering = null;
  }
}

/** Below this much a second a smaller rendition would save nothing. */
const WORTH_BITS = 700_000;
const WORTH_SHARE = 0.7;
/** A machine that needs longer than this is spared. */
const SHRINK_MS = 90_000;

/** Made while the large one is sent. */
function shrink(file: Blob): Work['small'] {
  let rendering: Rendering | null = null;
  const make = async (): Promise<Blob | null> => {
    const facts = await examine(file);
    if (!facts?.can_decode || facts.bits_per_s < WORTH_BITS) return null;
    if (Math.min(facts.width, facts.height) <= SMALL.short) return null;
    rendering = render(file, facts, SMALL, () => {});
    const late = setTimeout(() => rendering?.cancel(), SHRINK_MS);
    const small = await rendering.file.finally(() => clearTimeout(late));
    return small.size < file.size * WORTH_SHARE ? small : null;
  };
  return { blob: make().catch(() => null), cancel: () => rendering?.cancel() };
}

async function sendAll(id: string, file: Blob, location: string | null): Promise<void> {
  const work = workOf(id);
  const { name } = findUpload(id) ?? {};
  const meter = meterOf();
  changeUpload(id, { phase: 'sending', done: 0, of: file.size, error: null });
  const metadata = { filename: name ?? 'video', filetype: file.type || 'video/mp4', rendition: '0' };
  work.sending = await send(file, metadata, location, {
    onPlace(place) {
      changeUpload(id, { upload_id: idOf(place) });
      void changeKept(id, { location: place });
    },
    onProgress(sent, of) {
      if (findUpload(id)?.phase === 'sending') changeUpload(id, { done: sent, of, speed: meter(sent) });
    },
    onSent() {
      work.sending = null;
      changeUpload(id, { phase: 'packaging', done: file.size, of: file.size, speed: null });
      void waitForPackage(id);
      void sendSmall(id);
    },
    onFault: (problem) => changeUpload(id, { phase: 'failed', error: problem ?? new TypeError('network') }),
  });
  if (work.stopped) work.sending?.cancel();
}

/** Nobody waits for it: the house adds it to what is packaged, and to what is published, when it comes. */
async function sendSmall(id: string): Promise<void> {
  const work = workOf(id);
  const upload_id = findUpload(id)?.upload_id;
  const blob = await work.small?.blob;
  if (!blob || !upload_id || work.stopped) return;
  await sendWhole(blob, { filename: 'small.mp4', filetype: 'video/mp4', rendition: '1', of: upload_id });
}

/** Bytes a second over the last few seconds. */
function meterOf(): (sent: number) => number | null {
  const marks: { at: number; sent: number }[] = [];
  return (sent) => {
    const at = performance.now();
    marks.push({ at, sent });
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > 5_000) marks.shift();
    const first = marks[0];
    return first && at - first.at > 800 ? ((sent - first.sent) * 1_000) / (at - first.at) : null;
  };
}

const ASK_MS = [400, 700, 1_000, 1_500, 2_000];
const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

async function waitForPackage(id: string): Promise<void> {
  void settle(id);
  for (let i = 0; ; i += 1) {
    await pause(ASK_MS[Math.min(i, ASK_MS.length - 1)] as number);
    const upload = findUpload(id);
    if (upload?.phase !== 'packaging' || !upload.upload_id) return;
    const answer = await readUpload(upload.upload_id).catch(() => null);
    if (answer?.state === 'refused') {
      void forget(id);
      return changeUpload(id, { phase: 'refused', why: answer.refusal, error: { code: answer.refusal } });
    }
    if (answer?.state !== 'packaged') continue;
    changeUpload(id, { phase: 'ready' });
    return settle(id);
  }
}

/** Its owner has decided; at once, or as soon as the bytes are there, it becomes a draft or a post. */
export function decide(id: string, wish: Wish): void {
  changeUpload(id, { wish, error: null });
  const upload = findUpload(id);
  if (upload) void changeKept(id, { details: upload.details, cover: upload.cover });
  void settle(id);
}

function settle(id: string): Promise<void> {
  const work = workOf(id);
  const next = (work.settling ?? Promise.resolve()).then(() => settleOnce(id));
  work.settling = next;
  return next;
}

async function settleOnce(id: string): Promise<void> {
  const upload = findUpload(id);
  if (!upload?.wish || !upload.upload_id || (upload.phase !== 'packaging' && upload.phase !== 'ready')) return;
  const { wish, details, cover, upload_id, sound_id, duet_of } = upload;
  try {
    const video_id = upload.video_id ?? (await createDraft({ upload_id, ...details, sound_id, duet_of }, newKey()));
    if (upload.video_id) await putDetails(video_id, details);
    changeUpload(id, { video_id });
    if (cover) await putCover(video_id, cover);
    // Both a draft and a post may wait for their package without this page.
    if (wish.kind === 'publish') await publish(video_id, wish.at, newKey());
    changeUpload(id, { phase: 'done' });
    void forget(id);
  } catch (error) {
    changeUpload(id, { wish: null, error });
  }
  await queryClient.invalidateQueries();
}

export function pauseUpload(id: string): void {
  workOf(id).sending?.pause();
  changeUpload(id, { phase: 'paused', speed: null });
}

export function resumeUpload(id: string): void {
  changeUpload(id, { phase: 'sending', error: null });
  workOf(id).sending?.resume();
}

/** Stops whatever runs for it and forgets it, here and in the house. */
export function cancelUpload(id: string): void {
  const work = workOf(id);
  work.stopped = true;
  work.rendering?.cancel();
  work.small?.cancel();
  work.sending?.cancel();
  works.delete(id);
  void forget(id);
  dropUpload(id);
}

// A line that is back is used at once.
addEventListener('online', () => {
  for (const id of works.keys()) if (findUpload(id)?.phase === 'failed') resumeUpload(id);
});
