import { type RefObject, useEffect, useRef, useState } from 'react';
import { chooseCodecs } from '../media/codecs.ts';
import type { Camera } from '../media/use_camera.ts';
import { watchCamera } from './camera_frames.ts';
import { type Guide, type Playing, playGuide } from './guide.ts';
import { placesOf } from './join.ts';
import { type Filming, readyTake, type Speed, type Take } from './take.ts';

export const LONGEST_FILM_S = 180;
export type Timer = 0 | 3 | 10;

export interface Recorder {
  takes: readonly Take[];
  /** Seconds filmed so far, with the take that runs. */
  length_s: number;
  limit_s: number;
  state: 'idle' | 'counting' | 'filming' | 'ending';
  /** Seconds until it begins. */
  countdown: number;
  fault: 'no_encoder' | 'failed' | null;
  speed: Speed;
  setSpeed(speed: Speed): void;
  timer: Timer;
  setTimer(timer: Timer): void;
  with_voice: boolean;
  setWithVoice(wanted: boolean): void;
  /** Begins at once, or after the timer. */
  begin(): void;
  end(): void;
  deleteLast(): void;
}

interface Running {
  filming: Filming;
  playing: Playing | null;
}

function useWays() {
  const [speed, setSpeed] = useState<Speed>(1);
  const [timer, setTimer] = useState<Timer>(0);
  const [with_voice, setWithVoice] = useState(false);
  return { speed, setSpeed, timer, setTimer, with_voice, setWithVoice };
}

/** Frames are watched before they are needed, so that the camera's clock is known when a take begins. */
function useFrames(camera: Camera, view: RefObject<HTMLVideoElement | null>, running: RefObject<Running | null>): void {
  const { stream } = camera;
  useEffect(() => {
    const [track] = stream?.getVideoTracks() ?? [];
    if (!track || !view.current) return;
    void chooseCodecs();
    return watchCamera(track, view.current, (frame) => running.current?.filming.add(frame));
  }, [stream, view, running]);
}

interface TakeStart {
  stream: MediaStream | null;
  context: AudioContext | null;
  guide: Guide | null;
  with_voice: boolean;
  speed: Speed;
  /** Where the guide goes on. */
  from_s: number;
  /** Whether it is still wanted. */
  holds(): boolean;
}

/** Readies encoder and guide, then begins. Null: let go meanwhile. */
async function startTake(start: TakeStart): Promise<Running | 'no_encoder' | null> {
  const { stream, context, guide, with_voice, speed, from_s } = start;
  const codecs = await chooseCodecs();
  if (!codecs) return 'no_encoder';
  const [microphone = null] = stream?.getAudioTracks() ?? [];
  const heard = guide && !with_voice ? null : (microphone as MediaStreamAudioTrack | null);
  const filming = await readyTake({ codecs, microphone: heard, speed });
  if (!start.holds()) {
    void filming.stop();
    return null;
  }
  const playing = guide && context ? playGuide(context, guide, from_s, speed) : null;
  filming.begin(playing?.heard_at ?? performance.now());
  return { filming, playing };
}

/** The graph in which guides play; sound needs a gesture, and `wake` is called by one. */
function useGraph() {
  const context = useRef<AudioContext | null>(null);
  useEffect(() => () => void context.current?.close().catch(() => undefined), []);
  const wake = () => {
    context.current ??= new AudioContext({ latencyHint: 'interactive' });
    void context.current.resume();
  };
  return { context, wake };
}

/** Films takes one after the other, with a guide's sound running on from take to take. */
export function useRecorder(camera: Camera, view: RefObject<HTMLVideoElement | null>, guide: Guide | null): Recorder {
  const [takes, setTakes] = useState<readonly Take[]>([]);
  const [state, setState] = useState<Recorder['state']>('idle');
  const [countdown, setCountdown] = useState(0);
  const [fault, setFault] = useState<Recorder['fault']>(null);
  const ways = useWays();
  const running = useRef<Running | null>(null);
  const { context, wake } = useGraph();
  /** Counts begins and ends: what was begun and let go meanwhile does not start. */
  const turn = useRef(0);
  const { stream } = camera;
  const filmed_s = placesOf(takes).length_s;
  const limit_s = Math.min(LONGEST_FILM_S, guide?.buffer.duration ?? LONGEST_FILM_S);
  useFrames(camera, view, running);
  useEffect(() => () => running.current?.playing?.stop(), []);

  const rest = (why: Recorder['fault'] = null) => {
    setFault(why);
    setState('idle');
  };
  const film = async () => {
    const mine = turn.current;
    setState('counting');
    for (let left: number = ways.timer; left > 0; left -= 1) {
      setCountdown(left);
      await pause(1_000);
      if (mine !== turn.current) return;
    }
    setCountdown(0);
    const holds = () => mine === turn.current;
    const start = { stream, guide, ...ways, context: context.current, from_s: filmed_s, holds };
    const begun = await startTake(start);
    if (begun === 'no_encoder') return rest('no_encoder');
    if (!begun) return;
    running.current = begun;
    setState('filming');
  };
  const begin = () => {
    if (state !== 'idle' || filmed_s >= limit_s || !stream) return;
    turn.current += 1;
    setFault(null);
    wake();
    film().catch(() => rest('failed'));
  };
  const end = () => {
    turn.current += 1;
    const now = running.current;
    running.current = null;
    if (!now) return rest();
    setState('ending');
    now.playing?.stop();
    const keep = (take: Take | null) => {
      if (take) setTakes((before) => [...before, take]);
      rest();
    };
    now.filming.stop().then(keep, () => rest('failed'));
  };
  const running_s = useTick(state === 'filming', running, limit_s - filmed_s, end);

  const length_s = Math.min(limit_s, filmed_s + running_s);
  const deleteLast = () => setTakes(takes.slice(0, -1));
  return { takes, length_s, limit_s, state, countdown, fault, ...ways, begin, end, deleteLast };
}

/** Seconds of the take that runs; ends it where the film is full. */
function useTick(filming: boolean, running: RefObject<Running | null>, left_s: number, end: () => void): number {
  const [seconds, setSeconds] = useState(0);
  const latest = useRef(end);
  latest.current = end;
  useEffect(() => {
    if (!filming) return setSeconds(0);
    const tick = setInterval(() => {
      const now = running.current?.filming.length_s() ?? 0;
      setSeconds(now);
      if (now >= left_s) latest.current();
    }, 80);
    return () => clearInterval(tick);
  }, [filming, running, left_s]);
  return seconds;
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, ms));
