import { useText } from '../../text.ts';
import { TextArea } from '../../ui/index.ts';

/** The reasons of a decision, which the person concerned reads. */
export function ReasonField(field: { value: string; onChange: (value: string) => void }) {
  const { t } = useText();
  return (
    <TextArea
      label={t('moderation.reasoning')}
      hint={t('moderation.reasoning_hint')}
      rows={3}
      minLength={3}
      maxLength={500}
      {...field}
    />
  );
}
