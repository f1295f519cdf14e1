import type { ReportReason } from '../shape.ts';

/** Why something may be reported. source: DSA art. 16 (2): a notice names the reason; the list is a product default. */
export const reportReasons: readonly ReportReason[] = [
  { reason: 'illegal', severity: 3, label: { de: 'Rechtswidriger Inhalt', en: 'Illegal content' } },
  { reason: 'minor_safety', severity: 3, label: { de: 'Gefährdet Minderjährige', en: 'Endangers minors' } },
  { reason: 'violence', severity: 3, label: { de: 'Gewalt oder Drohung', en: 'Violence or threats' } },
  { reason: 'hate', severity: 2, label: { de: 'Hass oder Hetze', en: 'Hate' } },
  { reason: 'harassment', severity: 2, label: { de: 'Belästigung', en: 'Harassment' } },
  { reason: 'nudity', severity: 2, label: { de: 'Nacktheit oder Sexuelles', en: 'Nudity or sexual content' } },
  { reason: 'self_harm', severity: 3, label: { de: 'Selbstverletzung', en: 'Self-harm' } },
  { reason: 'scam', severity: 2, label: { de: 'Betrug oder Spam', en: 'Scam or spam' } },
  {
    reason: 'product',
    severity: 2,
    label: { de: 'Gefährliches oder gefälschtes Produkt', en: 'Dangerous or counterfeit product' },
  },
  {
    reason: 'undisclosed_ad',
    severity: 1,
    label: { de: 'Nicht gekennzeichnete Werbung', en: 'Undisclosed advertising' },
  },
  {
    reason: 'rights',
    severity: 1,
    label: { de: 'Verletzt Rechte (Urheber, Marke, Bild)', en: 'Violates rights (copyright, mark, likeness)' },
  },
  { reason: 'other', severity: 1, label: { de: 'Etwas anderes', en: 'Something else' } },
];
