import { useState } from 'react';
import { useSignedIn } from '../../session.tsx';
import { useText } from '../../text.ts';
import { Button, Sheet, Tabs } from '../../ui/index.ts';
import { ChatModerators } from './chat_moderators.tsx';
import { ChatMutes } from './chat_mutes.tsx';
import { ChatModesForm, ChatWordsForm } from './chat_rules_form.tsx';

interface ChatRulesSheetProps {
  host_id: string;
  /** The host alone names moderators. */
  hosts: boolean;
  open: boolean;
  onClose: () => void;
}

/** How the host, or who helps them, keeps order in the chat. Everything holds from the next line on. */
export function ChatRulesSheet({ host_id, hosts, open, onClose }: ChatRulesSheetProps) {
  const { t } = useText();
  return (
    <Sheet open={open} onClose={onClose} title={t('chat.rules')} description={t('chat.rules_text')}>
      {open && (
        <Tabs
          label={t('chat.rules')}
          tabs={[
            { value: 'modes', label: t('chat.modes'), panel: <ChatModesForm host_id={host_id} /> },
            { value: 'words', label: t('chat.words'), panel: <ChatWordsForm host_id={host_id} /> },
            { value: 'muted', label: t('chat.muted'), panel: <ChatMutes host_id={host_id} /> },
            ...(hosts ? [{ value: 'moderators', label: t('chat.moderators'), panel: <ChatModerators /> }] : []),
          ]}
        />
      )}
    </Sheet>
  );
}

/** For the host, before and during a live. */
export function OwnChatRules() {
  const { t } = useText();
  const { me } = useSignedIn();
  const [open, setOpen] = useState(false);
  if (!me) return null;
  return (
    <>
      <Button icon="shield" onClick={() => setOpen(true)}>
        {t('chat.rules')}
      </Button>
      <ChatRulesSheet host_id={me.person_id} hosts open={open} onClose={() => setOpen(false)} />
    </>
  );
}
