import { $api, api, queryClient } from '../../api.ts';
import { useText } from '../../text.ts';
import { Checkbox, Choices, toast, useProblemText } from '../../ui/index.ts';

/** Nobody: the live simply ends. */
export const NOBODY = '';

/** To whom the viewers go at the end; nothing where nobody would take them. */
export function HandoverChoice({ value, onChange }: { value: string; onChange: (room_id: string) => void }) {
  const { t } = useText();
  const { data } = $api.useQuery('get', '/api/rooms/handovers', {}, { staleTime: 0 });
  if (!data || data.items.length === 0) return null;
  return (
    <Choices
      label={t('lives.hand_to')}
      className="mt-4 text-ink"
      value={value}
      onChange={onChange}
      choices={[
        { value: NOBODY, label: t('lives.hand_to_nobody') },
        ...data.items.map((room) => ({ value: room.room_id, label: room.host.name, note: room.title })),
      ]}
    />
  );
}

/** Whether others may send their viewers here when they end. */
export function WelcomeSwitch() {
  const { t } = useText();
  const problemText = useProblemText();
  const { data } = $api.useQuery('get', '/api/rooms/handovers');
  if (!data) return null;
  const set = async (welcome: boolean) => {
    const { error } = await api.PUT('/api/rooms/handovers', { body: { welcome } });
    if (error) toast({ title: problemText(error), tone: 'bad' });
    await queryClient.invalidateQueries({ queryKey: ['get', '/api/rooms/handovers'] });
  };
  return (
    <Checkbox
      kind="switch"
      label={t('lives.welcome')}
      hint={t('lives.welcome_hint')}
      checked={data.welcome}
      onChange={(welcome) => void set(welcome)}
      className="mt-8"
    />
  );
}
