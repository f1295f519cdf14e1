import { useText } from '../../text.ts';
import { EmptyState, Page } from '../../ui/index.ts';

/** § 312k BGB: reachable signed out. This instance has no contract that runs on, and says so. */
export default function CancelPage() {
  const { t } = useText();
  return (
    <Page title={t('shell.cancel')} width="narrow">
      <EmptyState icon="check" title={t('instance.nothing_to_cancel')} text={t('instance.nothing_to_cancel_text')} />
    </Page>
  );
}
