import type { RoomRequest } from '@souk/sdk/room';
import { useSyncExternalStore } from 'react';
import { listen } from './speech.ts';

interface Speech {
  on: boolean;
  language: 'de' | 'en' | null;
  failed: boolean;
}

interface Room {
  mediaTime: () => Date | null;
  request: (message: RoomRequest) => Promise<unknown>;
}

// One microphone, one listener: it goes on while the sheet that began it is closed.
let speech: Speech = { on: false, language: null, failed: false };
let end: (() => void) | null = null;
const watching = new Set<() => void>();

function set(next: Speech): void {
  speech = next;
  for (const tell of watching) tell();
}

function start(language: 'de' | 'en', { mediaTime, request }: Room): void {
  end?.();
  end = listen({
    language,
    mediaTime,
    onPhrase: (text, media_at) => {
      const at = media_at?.toISOString();
      // A caption that is refused or lost is lost: the next one is already being said.
      void request({ type: 'caption.send', text, language, ...(at && { media_at: at }) }).catch(() => undefined);
    },
    onFailed: () => set({ on: false, language, failed: true }),
  });
  set({ on: true, language, failed: false });
}

/** Ends it; call it when the live is over. */
export function stopSpeech(): void {
  end?.();
  end = null;
  set({ ...speech, on: false });
}

/** Captions by the browser's ear. */
export function useSpeechCaptions() {
  const now = useSyncExternalStore(
    (tell) => {
      watching.add(tell);
      return () => watching.delete(tell);
    },
    () => speech,
  );
  return { ...now, start, stop: stopSpeech };
}
