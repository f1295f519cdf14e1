/**
 * The host's sound on its way to the encoder. It runs through a graph of its own, so that a microphone that dies, or
 * never says a word, sounds as silence instead of stopping the picture; and so that muting and changing the
 * microphone need no new run.
 */
export interface Sound {
  /** What the encoder hears; it never ends. */
  track: MediaStreamAudioTrack;
  setMuted(muted: boolean): void;
  setMicrophone(track: MediaStreamTrack | null): void;
  /** A second voice beside the host's: neither muted nor measured with it, and not played back to them. */
  setGuest(track: MediaStreamTrack | null): void;
  /** Loudness of the moment, 0 to 1, before muting. */
  level(): number;
  close(): void;
}

export function createSound(): Sound {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' });
  // A page without a gesture yet starts silent; the graph wakes up with the next one.
  void context.resume().catch(() => undefined);
  const volume = new GainNode(context);
  const ear = new AnalyserNode(context, { fftSize: 1_024 });
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  volume.connect(out);
  let source: MediaStreamAudioSourceNode | null = null;
  let guest: MediaStreamAudioSourceNode | null = null;
  const samples = new Float32Array(ear.fftSize);
  return {
    track: out.stream.getAudioTracks()[0] as MediaStreamAudioTrack,
    setMuted: (muted) => volume.gain.setTargetAtTime(muted ? 0 : 1, context.currentTime, 0.01),
    setMicrophone(track) {
      source?.disconnect();
      source = track && new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
      source?.connect(ear);
      source?.connect(volume);
    },
    setGuest(track) {
      guest?.disconnect();
      guest = track && new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
      guest?.connect(out);
    },
    level() {
      ear.getFloatTimeDomainData(samples);
      return Math.min(1, Math.max(...samples.map(Math.abs)));
    },
    close: () => void context.close().catch(() => undefined),
  };
}
