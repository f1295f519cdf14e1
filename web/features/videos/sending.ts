/** Sends one file to the house in pieces (tus): it goes on where it stopped, after a lost line as after a reload. */
import type { DetailedError } from 'tus-js-client';

const ENDPOINT = '/api/media/uploads';
const CHUNK_BYTES = 4 * 1024 * 1024;
const RETRY_MS = [500, 1_500, 4_000, 8_000, 15_000];

export interface SendingEvents {
  /** The house has a place for it: from here on it can be resumed. */
  onPlace(location: string): void;
  onProgress(sent: number, of: number): void;
  onSent(): void;
  /** @param problem the house's refusal, or null where the line is dead */
  onFault(problem: unknown): void;
}

export interface Sending {
  pause(): void;
  resume(): void;
  /** Stops, and the house throws away what it has. */
  cancel(): void;
}

export const idOf = (location: string): string => location.split('?')[0]?.split('/').at(-1) ?? '';

/** @param location where an earlier attempt left its part */
export async function send(
  file: Blob,
  metadata: Record<string, string>,
  location: string | null,
  events: SendingEvents,
): Promise<Sending> {
  const { Upload } = await import('tus-js-client');
  let cancelled = false;
  const upload = new Upload(file, {
    endpoint: ENDPOINT,
    ...(location && { uploadUrl: location }),
    metadata,
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    // What is left over is remembered by kept.ts, with all that belongs to it.
    storeFingerprintForResuming: false,
    onUploadUrlAvailable: () => events.onPlace(upload.url ?? ''),
    onProgress: (sent, of) => events.onProgress(sent, of ?? file.size),
    onSuccess: () => events.onSent(),
    onError: (error) => cancelled || events.onFault(problemOf(error)),
  });
  upload.start();
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel() {
      cancelled = true;
      void upload.abort(true).catch(() => undefined);
    },
  };
}

/** Sends a file to its end. @returns whether it arrived */
export function sendWhole(file: Blob, metadata: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const nothing = () => {};
    const events = {
      onPlace: nothing,
      onProgress: nothing,
      onSent: () => resolve(true),
      onFault: () => resolve(false),
    };
    void send(file, metadata, null, events);
  });
}

function problemOf(error: Error | DetailedError): unknown {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  try {
    return body ? JSON.parse(body) : null;
  } catch {
    return null;
  }
}
