import { useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Icon, type IconName, Sheet, TextArea, toast } from '../../ui/index.ts';
import { SendTo } from './send_to.tsx';

/** What can be shared, by its id on the wire (a person by their handle). */
export interface Shareable {
  kind: 'video' | 'room' | 'person' | 'product';
  id: string;
  /** What the receiver reads beside the link. */
  title: string;
}

const PATHS: Record<Shareable['kind'], (id: string) => string> = {
  video: (id) => `/videos/${id}`,
  room: (id) => `/live/${id}`,
  person: (id) => `/@${id}`,
  product: (id) => `/products/${id}`,
};

type Way = 'link' | 'embed' | 'message' | 'card';

/** Counts a share of a video for whoever is signed in; nobody waits for it. */
function countShare(thing: Shareable, to: Way, signed_in: boolean): void {
  if (thing.kind !== 'video' || !signed_in) return;
  void api.POST('/api/videos/{video_id}/shares', { params: { path: { video_id: thing.id } }, body: { to } });
}

/** Ways to pass something on: the system's own, the link, a piece of code for another page. */
export default function ShareSheet({ thing, onClose }: { thing: Shareable; onClose: () => void }) {
  const { t } = useText();
  const { me } = useSignedIn();
  const [code, setCode] = useState(false);
  const url = location.origin + PATHS[thing.kind](thing.id);
  const embed = embedCode(thing);
  const done = (to: Way) => countShare(thing, to, me !== null);
  const copy = async (text: string, to: Way) => {
    await navigator.clipboard.writeText(text);
    done(to);
    toast({ title: t(to === 'embed' ? 'sharing.code_copied' : 'sharing.link_copied'), tone: 'good' });
  };
  const pass = async () => {
    try {
      await navigator.share({ title: thing.title, url });
      done('card');
      onClose();
    } catch {
      // The reader closed the system's sheet: nothing was shared.
    }
  };
  return (
    <Sheet open onClose={onClose} title={t('sharing.title')} description={thing.title}>
      {thing.kind !== 'person' && <SendTo thing={{ kind: thing.kind, id: thing.id }} onSent={() => done('message')} />}
      <p className="mb-4 truncate rounded-lg bg-raised px-4 py-3 text-soft text-sm">{url}</p>
      <ul className="flex flex-wrap gap-2">
        <Pass icon="copy" text={t('sharing.copy_link')} onPress={() => void copy(url, 'link')} />
        {'share' in navigator && <Pass icon="share" text={t('sharing.more_ways')} onPress={() => void pass()} />}
        {embed && (
          <Pass icon="captions" text={t('sharing.embed')} pressed={code} onPress={() => setCode((shown) => !shown)} />
        )}
      </ul>
      {code && embed && (
        <div className="mt-4 grid gap-3">
          <TextArea
            label={t('sharing.code')}
            hint={t('sharing.code_hint')}
            rows={4}
            value={embed}
            onChange={() => {}}
          />
          <Pass icon="copy" text={t('sharing.copy_code')} onPress={() => void copy(embed, 'embed')} />
        </div>
      )}
    </Sheet>
  );
}

interface PassProps {
  icon: IconName;
  text: string;
  pressed?: boolean;
  onPress: () => void;
}

function Pass({ icon, text, pressed, onPress }: PassProps) {
  return (
    <li className="list-none">
      <button
        type="button"
        aria-pressed={pressed}
        onClick={onPress}
        className="flex w-24 flex-col items-center gap-2 rounded-lg p-2 text-center text-sm hover:bg-raised"
      >
        <span className="flex size-13 items-center justify-center rounded-full bg-raised">
          <Icon name={icon} className="size-6" />
        </span>
        {text}
      </button>
    </li>
  );
}

/** For other pages: a frame that plays and sells nothing. Null where there is nothing to play. */
function embedCode({ kind, id, title }: Shareable): string | null {
  if (kind !== 'video') return null;
  const safe = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const src = `${location.origin}/embed/videos/${id}`;
  return `<iframe src="${src}" title="${safe}" width="360" height="640" style="border:0" allow="fullscreen" loading="lazy"></iframe>`;
}
