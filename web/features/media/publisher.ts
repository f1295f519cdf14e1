import { type Codecs, chooseCodecs, FRAME_RATE, playsOnPhones } from './codecs.ts';
import { type Encoder, startEncoder } from './encoder.ts';
import { bears, Ladder, type Step } from './ladder.ts';
import type { HostNote, PublisherState } from './publisher_state.ts';
import { createSound, type Sound } from './sound.ts';
import { type Ingest, type Refused, Upload } from './upload.ts';

/** A camera and a microphone on their way to viewers. Made by startPublisher; ends with stop(). */
export interface Publisher {
  readonly state: PublisherState;
  /** Media time of the frame that the camera sees now, for pins; null before the first segment was taken. */
  mediaTime(): Date | null;
  setMuted(muted: boolean): void;
  /** Goes on with another camera: turned round, or opened anew after the phone had taken it. */
  setCamera(camera: MediaStream): void;
  /** The voice of somebody else in the picture; null: there is none. */
  setGuest(track: MediaStreamTrack | null): void;
  /** Sends nothing, and after it goes on in the same live. */
  setPaused(paused: boolean): Promise<void>;
  level(): number;
  /** Sends what is under way and stops. */
  stop(): Promise<void>;
}

const WATCH_MS = 500;
const SILENCE_MS = 3_000;
/** An encoder that was given so much sound and made nothing of it is mute: the picture does not wait for it. */
const MUTE_S = 1;
/** A machine that is slow to begin is given more time with every try. */
const MOST_SILENCE_MS = 12_000;
const QUIET_MS = 4_000;
const FINISH_MS = 5_000;

/** Starts sending. `onChange` is called with every change of the state. */
export async function startPublisher(
  ingest: Ingest,
  camera: MediaStream,
  onChange: (state: PublisherState) => void,
): Promise<Publisher> {
  const session = new Session(ingest, camera, onChange);
  await session.begin();
  return session;
}

interface Run {
  encoder: Encoder | null;
  upload: Upload;
  anchor_at: Date | null;
  segment_at: number;
}

class Session implements Publisher {
  state: PublisherState = {
    ...{ phase: 'starting', refused: null, notes: [], codecs: null },
    ...{ taken: 0, bits_per_s: 0, backlog: 0, carries: null, two: false },
  };
  readonly #ingest: Ingest;
  #camera: MediaStream;
  readonly #onChange: (state: PublisherState) => void;
  readonly #failed = new Set<string>();
  readonly #sound: Sound | null;
  #run: Run | null = null;
  #with_sound = true;
  readonly #ladder = new Ladder(now());
  /** A machine or an encoder that does not manage two pictures sends one. */
  #manages_two = true;
  #paused = false;
  #patience_ms = SILENCE_MS;
  #heard_at = performance.now();
  #timer: ReturnType<typeof setInterval> | undefined;
  #restarting: Promise<void> | null = null;

  constructor(ingest: Ingest, camera: MediaStream, onChange: (state: PublisherState) => void) {
    this.#ingest = ingest;
    this.#camera = camera;
    this.#onChange = onChange;
    this.#sound = tryTo(createSound);
    this.#sound?.setMicrophone(camera.getAudioTracks()[0] ?? null);
  }

  async begin(): Promise<void> {
    this.#timer = setInterval(() => this.#watch(), WATCH_MS);
    await this.#open();
  }

  mediaTime(): Date | null {
    const { anchor_at, encoder } = this.#run ?? {};
    if (!anchor_at || !encoder || encoder.zero_at === null) return null;
    return new Date(anchor_at.getTime() + performance.now() - encoder.zero_at);
  }

  setMuted(muted: boolean): void {
    this.#sound?.setMuted(muted);
  }

  setCamera(camera: MediaStream): void {
    if (camera === this.#camera || this.state.phase === 'stopped') return;
    this.#camera = camera;
    this.#with_sound = true;
    this.#sound?.setMicrophone(camera.getAudioTracks()[0] ?? null);
    this.#restart();
  }

  async setPaused(paused: boolean): Promise<void> {
    if (paused === this.#paused || this.state.phase === 'stopped') return;
    this.#paused = paused;
    await this.#restarting;
    // Changed again meanwhile.
    if (this.#paused !== paused) return;
    if (!paused) return this.#restart();
    const run = this.#run;
    this.#run = null;
    this.#change({ phase: 'paused', backlog: 0 });
    await run?.encoder?.stop();
    await run?.upload.finish(FINISH_MS);
  }

  setGuest(track: MediaStreamTrack | null): void {
    this.#sound?.setGuest(track);
  }

  level(): number {
    return this.#sound?.level() ?? 0;
  }

  async stop(): Promise<void> {
    if (this.state.phase === 'stopped') return;
    clearInterval(this.#timer);
    const run = this.#run;
    this.#run = null;
    this.#change({ phase: 'stopped' });
    await run?.encoder?.stop();
    await run?.upload.finish(FINISH_MS);
    this.#sound?.close();
  }

  /** Opens a run with what has not failed so far. */
  async #open(): Promise<void> {
    const codecs = await chooseCodecs(this.#failed).catch(() => null);
    const picture = this.#camera.getVideoTracks()[0] as MediaStreamVideoTrack | undefined;
    if (!codecs || !picture) return this.#give_up('no_encoder');
    const sound = this.#with_sound && codecs.audio ? (this.#sound?.track ?? null) : null;
    const run: Run = { encoder: null, upload: this.#createUpload(), anchor_at: null, segment_at: now() };
    this.#run = run;
    this.#note('without_sound', !sound);
    const used = { video: codecs.video, audio: sound ? codecs.audio : null };
    this.#note('phones_may_not_play', !playsOnPhones(used));
    const step = { ...this.#ladder.step, low: this.#ladder.step.low && this.#manages_two };
    this.#change({ codecs: used, two: step.low });
    this.#tell(step);
    try {
      run.encoder = await startEncoder({
        ...{ picture, sound, codecs, step },
        onInit: ({ main, low }) => run.upload.add('init', main, low),
        onSegment: ({ main, low }) => {
          run.segment_at = now();
          this.#patience_ms = SILENCE_MS;
          run.upload.add('segment', main, low);
        },
        onFault: (track) => this.#run === run && this.#drop(track, used),
      });
    } catch {
      this.#drop('picture', used);
    }
  }

  #createUpload(): Upload {
    return new Upload(this.#ingest, {
      onTaken: ({ anchor_at, bytes }) => {
        if (this.#run) this.#run.anchor_at = anchor_at;
        this.#note('busy', false);
        const phase = this.#paused ? 'paused' : 'live';
        this.#change({ phase, taken: this.state.taken + 1, bits_per_s: bytes * 8 });
      },
      onBusy: () => this.#note('busy', true),
      onRefused: (why) => this.#refused(why),
    });
  }

  #refused(why: Refused): void {
    if (this.state.phase === 'stopped') return;
    if (why !== 'again' && why !== 'too_slow') this.#give_up(why);
    else if (why === 'too_slow' && !bears(this.state.carries, this.#ladder.step)) {
      this.#ladder.fall(now(), this.state.carries);
    }
    // Does nothing where it was given up.
    this.#restart();
  }

  #give_up(refused: PublisherState['refused']): void {
    this.#change({ refused });
    void this.stop();
  }

  /** Twice a second: nothing came out for 3 s, or sound only went in → start again without what is missing. */
  #watch(): void {
    const run = this.#run;
    if (!run || this.#restarting) return;
    this.#change({ backlog: run.upload.backlog, carries: run.upload.carries ?? this.state.carries });
    this.#listen();
    if (!run.encoder) return;
    const { frames, pictures, sound_s, sounds } = run.encoder.count;
    const late = now() - run.segment_at >= this.#patience_ms;
    // The picture is there and no segment comes: it waits for a sound that never will.
    const mute = this.#with_sound && pictures > 0 && sounds === 0 && (late || sound_s > MUTE_S);
    if (!mute && !late) {
      this.#follow(run);
      return;
    }
    // A machine that does not bring two pictures in time brings one.
    if (late && frames > 0) this.#manages_two = false;
    if (mute) this.#with_sound = false;
    else this.#patience_ms = Math.min(MOST_SILENCE_MS, this.#patience_ms * 2);
    this.#note('camera_dead', late && frames === 0);
    this.#restart();
  }

  /** Sends what the uplink carries. Going up, what is under way is still sent; going down, it would only be late. */
  #follow(run: Run): void {
    const { backlog: backlog_s, carries } = run.upload;
    const turn = this.#ladder.watch(now(), { backlog_s, carries });
    if (turn === 'down') this.#restart();
    if (turn !== 'up') return;
    this.#restarting = this.#change_over(run).finally(() => {
      this.#restarting = null;
    });
  }

  #tell({ still, frame_rate }: Step): void {
    const fewer = frame_rate < FRAME_RATE;
    this.#note('sound_only', still);
    this.#note('fewer_frames', fewer && !still);
    this.#note('uplink_slow', this.#ladder.lowered && !fewer);
  }

  async #change_over({ encoder, upload }: Run): Promise<void> {
    await encoder?.stop();
    await upload.finish(FINISH_MS);
    if (this.state.phase !== 'stopped') await this.#open();
  }

  #listen(): void {
    const microphone = this.#camera.getAudioTracks()[0];
    const dead = !microphone || microphone.readyState === 'ended' || microphone.muted;
    if (!dead && this.level() > 0) this.#heard_at = now();
    this.#note('microphone_silent', this.#with_sound && (dead || now() - this.#heard_at > QUIET_MS));
  }

  /** An encoder gave up: the next run takes the next codec, or goes on without sound. */
  #drop(track: 'picture' | 'low' | 'sound', { video, audio }: Codecs): void {
    const codec = { picture: video, low: null, sound: audio }[track];
    if (track === 'low') this.#manages_two = false;
    if (codec) this.#failed.add(codec);
    this.#restart();
  }

  #restart(): void {
    if (this.#restarting || this.#paused || this.state.phase === 'stopped') return;
    const old = this.#run;
    this.#run = null;
    old?.upload.close();
    this.#change({ phase: this.state.taken > 0 ? 'reconnecting' : 'starting', backlog: 0 });
    old?.encoder?.cancel();
    this.#restarting = this.#open().finally(() => {
      this.#restarting = null;
    });
  }

  #note(note: HostNote, holds: boolean): void {
    const { notes } = this.state;
    if (notes.includes(note) === holds) return;
    this.#change({ notes: holds ? [...notes, note] : notes.filter((other) => other !== note) });
  }

  #change(change: Partial<PublisherState>): void {
    if (Object.entries(change).every(([name, value]) => this.state[name as keyof PublisherState] === value)) return;
    this.state = { ...this.state, ...change };
    this.#onChange(this.state);
  }
}

const now = () => performance.now();

function tryTo<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
