import type { ReportReason } from '../shape.ts';

/** Why something may be reported. source: DSA art. 16 (2): a notice names the reason; the list is a product default. */
export const reportReasons: readonly ReportReason[] = [
  { reason: 'illegal', label: { de: 'Rechtswidriger Inhalt', en: 'Illegal content' } },
  { reason: 'minor_safety', label: { de: 'Gefährdet Minderjährige', en: 'Endangers minors' } },
  { reason: 'violence', label: { de: 'Gewalt oder Drohung', en: 'Violence or threats' } },
  { reason: 'hate', label: { de: 'Hass oder Hetze', en: 'Hate' } },
  { reason: 'harassment', label: { de: 'Belästigung', en: 'Harassment' } },
  { reason: 'nudity', label: { de: 'Nacktheit oder Sexuelles', en: 'Nudity or sexual content' } },
  { reason: 'self_harm', label: { de: 'Selbstverletzung', en: 'Self-harm' } },
  { reason: 'scam', label: { de: 'Betrug oder Spam', en: 'Scam or spam' } },
  { reason: 'product', label: { de: 'Gefährliches oder gefälschtes Produkt', en: 'Dangerous or counterfeit product' } },
  { reason: 'undisclosed_ad', label: { de: 'Nicht gekennzeichnete Werbung', en: 'Undisclosed advertising' } },
  {
    reason: 'rights',
    label: { de: 'Verletzt Rechte (Urheber, Marke, Bild)', en: 'Violates rights (copyright, mark, likeness)' },
  },
  { reason: 'other', label: { de: 'Etwas anderes', en: 'Something else' } },
];
