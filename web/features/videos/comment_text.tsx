import { Fragment } from 'react';
import { Link } from '../../ui/index.ts';

const MENTION = /(^|[^\p{L}\p{N}_.@])@([a-z0-9][a-z0-9_.]{1,28}[a-z0-9])/giu;

/** What somebody wrote, as text, with the people it names as links. Nothing in it becomes markup. */
export function CommentText({ text }: { text: string }) {
  const parts: { from: number; before: string; handle: string | null }[] = [];
  let at = 0;
  for (const found of text.matchAll(MENTION)) {
    const [, lead = '', handle = ''] = found;
    const start = found.index + lead.length;
    parts.push({ from: start, before: text.slice(at, start), handle });
    at = start + handle.length + 1;
  }
  parts.push({ from: text.length, before: text.slice(at), handle: null });
  return (
    <span className="whitespace-pre-line break-words [overflow-wrap:anywhere]">
      {parts.map(({ from, before, handle }) => (
        <Fragment key={from}>
          {before}
          {handle && (
            <Link to={`/@${handle.toLowerCase()}`} className="font-semibold text-accent-text hover:underline">
              @{handle}
            </Link>
          )}
        </Fragment>
      ))}
    </span>
  );
}
