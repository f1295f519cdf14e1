/** The browser's own recognition of speech, where it has one. */

interface Heard {
  resultIndex: number;
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
}

interface Recogniser {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onspeechstart: (() => void) | null;
  onresult: ((event: Heard) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  abort(): void;
}

type Made = new () => Recogniser;

const found = (): Made | undefined => {
  const here = globalThis as { SpeechRecognition?: Made; webkitSpeechRecognition?: Made };
  return here.SpeechRecognition ?? here.webkitSpeechRecognition;
};

export const hearsSpeech = (): boolean => found() !== undefined;

const MOST = 200;
/** What will not get better by asking again. */
const FATAL = ['not-allowed', 'service-not-allowed', 'language-not-supported', 'audio-capture'];
const AGAIN_MS = 500;

export interface SpeechOptions {
  language: 'de' | 'en';
  /** Of the picture now: a phrase is shown where it began. */
  mediaTime: () => Date | null;
  onPhrase: (text: string, media_at: Date | null) => void;
  onFailed: (error: string) => void;
}

/** Listens until it is stopped; a browser ends by itself after a silence, and it begins anew. @returns what stops it */
export function listen({ language, mediaTime, onPhrase, onFailed }: SpeechOptions): () => void {
  const Recognition = found();
  if (!Recognition) return () => undefined;
  const recogniser = new Recognition();
  let began: Date | null = null;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  recogniser.lang = language === 'de' ? 'de-DE' : 'en-US';
  recogniser.continuous = true;
  recogniser.interimResults = false;
  recogniser.onspeechstart = () => {
    began ??= mediaTime();
  };
  recogniser.onresult = ({ resultIndex, results }) => {
    for (let i = resultIndex; i < results.length; i += 1) {
      const text = results[i]?.[0]?.transcript.trim().slice(0, MOST);
      if (results[i]?.isFinal && text) onPhrase(text, began ?? mediaTime());
    }
    began = mediaTime();
  };
  recogniser.onerror = ({ error }) => {
    if (!FATAL.includes(error)) return;
    stopped = true;
    onFailed(error);
  };
  recogniser.onend = () => {
    began = null;
    if (!stopped) timer = setTimeout(() => recogniser.start(), AGAIN_MS);
  };
  recogniser.start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    recogniser.abort();
  };
}
