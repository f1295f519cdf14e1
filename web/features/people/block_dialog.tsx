import { $api } from '../../api.ts';
import { useText } from '../../text.ts';
import { Dialog, ErrorNote } from '../../ui/index.ts';
import { type Profile, useRefreshPeople } from './data.ts';

/** Asks before blocking, because it ends follows both ways, and lifts a block again. */
export function BlockDialog({ person, open, onClose }: { person: Profile; open: boolean; onClose: () => void }) {
  const { t } = useText();
  const refresh = useRefreshPeople();
  const blocked = person.ties?.blocked_by_me ?? false;
  const onSuccess = async () => {
    await refresh();
    onClose();
  };
  const block = $api.useMutation('put', '/api/people/{person_id}/block', { onSuccess });
  const unblock = $api.useMutation('delete', '/api/people/{person_id}/block', { onSuccess });
  const params = { path: { person_id: person.person_id } };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t(blocked ? 'people.unblock_title' : 'people.block_title', { name: person.name })}
      confirm={t(blocked ? 'people.unblock' : 'people.block')}
      danger={!blocked}
      busy={block.isPending || unblock.isPending}
      onConfirm={() => (blocked ? unblock.mutate({ params }) : block.mutate({ params }))}
    >
      {t(blocked ? 'people.unblock_text' : 'people.block_text')}
      <ErrorNote error={block.error ?? unblock.error} className="mt-3" />
    </Dialog>
  );
}
