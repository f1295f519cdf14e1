import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { $api } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useText } from '../../text.ts';
import { Badge, Button, ErrorNote, List, ListRow, Section, toast } from '../../ui/index.ts';
import { hasPasskeys, isDeclined, makePasskey } from './passkeys.ts';
import { SecondFactorEndSheet, SecondFactorSheet } from './second_factor_sheet.tsx';
import { deviceOf } from './sessions_section.tsx';

/** How one signs in: passkeys and a second factor. */
export function SecuritySection() {
  const { t } = useText();
  const security = $api.useQuery('get', '/api/people/me/security');
  const [sheet, setSheet] = useState<'begin' | 'end' | null>(null);
  const close = (changed: boolean) => {
    setSheet(null);
    if (changed) void security.refetch();
  };
  const on = security.data?.second_factor ?? false;
  return (
    <Section title={t('people.security')}>
      <ErrorNote error={security.error} />
      <List label={t('people.security')}>
        <ListRow
          title={t('people.second_factor')}
          text={t('people.second_factor_hint')}
          end={
            <span className="flex items-center gap-2">
              {on && <Badge tone="good">{t('people.is_on')}</Badge>}
              <Button size="sm" disabled={!security.data} onClick={() => setSheet(on ? 'end' : 'begin')}>
                {t(on ? 'people.switch_off' : 'people.switch_on')}
              </Button>
            </span>
          }
        />
        <Passkeys passkeys={security.data?.passkeys ?? []} onChanged={() => void security.refetch()} />
      </List>
      <SecondFactorSheet open={sheet === 'begin'} onClose={close} />
      <SecondFactorEndSheet open={sheet === 'end'} onClose={close} />
    </Section>
  );
}

interface PasskeysProps {
  passkeys: { passkey_id: string; name: string | null; created_at: string }[];
  onChanged: () => void;
}

function Passkeys({ passkeys, onChanged }: PasskeysProps) {
  const { t } = useText();
  const format = useFormat();
  const make = useMutation({
    mutationFn: () => makePasskey(deviceOf(navigator.userAgent) ?? t('people.unknown_device')),
    onSuccess: () => {
      toast({ title: t('people.passkey_made'), tone: 'good' });
      onChanged();
    },
  });
  const forget = $api.useMutation('delete', '/api/people/me/passkeys/{passkey_id}', { onSuccess: onChanged });
  const failed = make.error && !isDeclined(make.error) ? make.error : forget.error;
  return (
    <>
      <ListRow
        title={t('people.passkeys')}
        text={t(hasPasskeys() ? 'people.passkeys_hint' : 'people.passkeys_missing')}
        end={
          hasPasskeys() && (
            <Button size="sm" icon="plus" busy={make.isPending} onClick={() => make.mutate()}>
              {t('people.add_passkey')}
            </Button>
          )
        }
      />
      {failed && (
        <li className="py-2">
          <ErrorNote error={failed} />
        </li>
      )}
      {passkeys.map(({ passkey_id, name, created_at }) => (
        <ListRow
          key={passkey_id}
          title={name ?? t('people.passkey')}
          text={t('people.passkey_since', { date: format.date(created_at) })}
          end={
            <Button
              size="sm"
              tone="quiet"
              disabled={forget.isPending}
              onClick={() => forget.mutate({ params: { path: { passkey_id } } })}
            >
              {t('people.forget_passkey')}
            </Button>
          }
        />
      ))}
    </>
  );
}
