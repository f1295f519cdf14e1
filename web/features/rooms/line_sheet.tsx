import type { Role } from '@souk/sdk/live';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, Button, ButtonLink, Dialog, Sheet, toast, useProblemText } from '../../ui/index.ts';
import { ReportSheet } from '../moderation/report_sheet.tsx';
import type { LogLine } from './room_view.ts';

interface LineSheetProps {
  room_id: string;
  line: LogLine | null;
  /** What the reader is in this room. */
  my_role: Role;
  onClose: () => void;
}

const MUTES = [
  { for_s: 300, text: 'chat.mute_5_min' },
  { for_s: 3_600, text: 'chat.mute_1_h' },
  { for_s: null, text: 'chat.mute_for_ever' },
];

/** Who wrote a line, and what can be done about it: by everyone, by its author, by who keeps order. */
export function LineSheet({ room_id, line, my_role, onClose }: LineSheetProps) {
  const { t } = useText();
  const { me, act } = useSignedIn();
  const problemText = useProblemText();
  const [reported, setReported] = useState<{ subject: string; name: string } | null>(null);
  const [blocking, setBlocking] = useState<LogLine | null>(null);
  const mine = line?.by.person_id === me?.person_id;
  const orders = my_role !== 'viewer' && !mine;

  const done = async (answer: Promise<{ error?: unknown }>, said: string) => {
    const { error } = await answer;
    toast(error ? { title: problemText(error), tone: 'bad' } : { title: said, tone: 'good' });
    onClose();
  };
  const remove = (line_id: string) =>
    done(
      api.DELETE('/api/rooms/{room_id}/lines/{line_id}', { params: { path: { room_id, line_id } } }),
      t('rooms.line_removed'),
    );
  const mute = (person_id: string, for_s: number | null) =>
    done(
      api.PUT('/api/rooms/{room_id}/mutes/{person_id}', { params: { path: { room_id, person_id } }, body: { for_s } }),
      t('chat.muted_done', { name: line?.by.name ?? '' }),
    );
  const name = (person_id: string) =>
    done(
      api.PUT('/api/rooms/moderators/{person_id}', { params: { path: { person_id } } }),
      t('chat.named', { name: line?.by.name ?? '' }),
    );
  const report = (subject: string, name: string) => {
    setReported({ subject, name });
    onClose();
  };
  const block = async (person_id: string) => {
    await done(api.PUT('/api/people/{person_id}/block', { params: { path: { person_id } } }), t('chat.blocked'));
    setBlocking(null);
  };

  return (
    <>
      <Sheet
        open={line !== null}
        onClose={onClose}
        title={line?.by.name ?? ''}
        description={line && `@${line.by.handle}`}
      >
        {line && (
          <div className="grid gap-2.5">
            <div className="mb-1 flex items-start gap-3">
              <Avatar name={line.by.name} src={line.by.avatar_url} />
              {line.type === 'chat' && (
                <p className="min-w-0 break-words rounded-lg bg-raised px-3 py-2">{line.text}</p>
              )}
            </div>
            <ButtonLink to={`/@${line.by.handle}`} icon="user" wide>
              {t('rooms.open_profile')}
            </ButtonLink>
            {line.type === 'chat' && (mine || orders) && (
              <Button icon="trash" wide onClick={() => void remove(line.id)}>
                {t('rooms.remove_line')}
              </Button>
            )}
            {orders && line.by.role !== 'host' && (
              <fieldset>
                <legend className="mb-1.5 font-medium text-sm">{t('chat.mute')}</legend>
                <div className="grid grid-cols-3 gap-2">
                  {MUTES.map(({ for_s, text }) => (
                    <Button key={text} size="sm" onClick={() => void mute(line.by.person_id, for_s)}>
                      {t(text)}
                    </Button>
                  ))}
                </div>
              </fieldset>
            )}
            {my_role === 'host' && !mine && !line.by.role && (
              <Button icon="shield" wide onClick={() => void name(line.by.person_id)}>
                {t('chat.make_moderator')}
              </Button>
            )}
            {!mine && (
              <Button
                icon="lock"
                wide
                onClick={() =>
                  act(() => {
                    setBlocking(line);
                    onClose();
                  })
                }
              >
                {t('chat.block')}
              </Button>
            )}
            {!mine && (
              <div className="grid grid-cols-2 gap-2">
                {line.type === 'chat' && (
                  <Button icon="flag" size="sm" onClick={() => report(line.id, line.text)}>
                    {t('moderation.report_line')}
                  </Button>
                )}
                <Button icon="flag" size="sm" onClick={() => report(line.by.person_id, line.by.name)}>
                  {t('rooms.report_person')}
                </Button>
              </div>
            )}
          </div>
        )}
      </Sheet>
      <Dialog
        open={blocking !== null}
        onClose={() => setBlocking(null)}
        title={t('people.block_title', { name: blocking?.by.name ?? '' })}
        confirm={t('people.block')}
        danger
        onConfirm={() => blocking && void block(blocking.by.person_id)}
      >
        {t('people.block_text')}
      </Dialog>
      <ReportSheet
        subject={reported?.subject ?? ''}
        name={reported?.name ?? ''}
        open={reported !== null}
        onClose={() => setReported(null)}
      />
    </>
  );
}
