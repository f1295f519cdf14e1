import type { Role } from '@souk/sdk/live';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Avatar, Button, ButtonLink, Sheet, toast, useProblemText } from '../../ui/index.ts';
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
  { for_s: 600, text: 'rooms.mute_10_min' },
  { for_s: 3_600, text: 'rooms.mute_1_h' },
  { for_s: 86_400, text: 'rooms.mute_1_day' },
];

/** Who wrote a line, and what can be done about it: by everyone, by its author, by who keeps order. */
export function LineSheet({ room_id, line, my_role, onClose }: LineSheetProps) {
  const { t } = useText();
  const { me } = useSignedIn();
  const problemText = useProblemText();
  const [reported, setReported] = useState<LogLine | null>(null);
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
  const mute = (person_id: string, for_s: number) =>
    done(
      api.PUT('/api/rooms/{room_id}/mutes/{person_id}', { params: { path: { room_id, person_id } }, body: { for_s } }),
      t('rooms.muted_done'),
    );

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
              <div className="grid grid-cols-3 gap-2">
                {MUTES.map(({ for_s, text }) => (
                  <Button key={for_s} size="sm" onClick={() => void mute(line.by.person_id, for_s)}>
                    {t(text)}
                  </Button>
                ))}
              </div>
            )}
            {!mine && (
              <Button
                icon="flag"
                tone="danger"
                wide
                onClick={() => {
                  setReported(line);
                  onClose();
                }}
              >
                {t('rooms.report_person')}
              </Button>
            )}
          </div>
        )}
      </Sheet>
      <ReportSheet
        subject={reported?.by.person_id ?? ''}
        name={reported?.by.name ?? ''}
        open={reported !== null}
        onClose={() => setReported(null)}
      />
    </>
  );
}
