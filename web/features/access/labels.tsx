import type { paths } from '@souk/sdk/openapi';
import { useText } from '../../text.ts';
import { Badge, type BadgeTone } from '../../ui/index.ts';

export type Label =
  paths['/api/rooms/{room_id}']['get']['responses']['200']['content']['application/json']['labels'][number];

/** What something says about itself by law: the server's words, shown wherever it is met. */
export function Labels({ labels, tone = 'glass' }: { labels: Label[]; tone?: BadgeTone }) {
  const { locale } = useText();
  return labels.map(({ relation, word }) => (
    <Badge key={relation} tone={tone} className="max-w-full whitespace-normal!">
      {word[locale]}
    </Badge>
  ));
}
