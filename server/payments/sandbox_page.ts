import type { SandboxCharge } from './sandbox_book.ts';

/** The page of the imaginary bank. It says on every line that nothing here is real money. */
export function bankPage(charge: SandboxCharge | null, language: string): string {
  const text = language.startsWith('de') ? GERMAN : ENGLISH;
  if (charge?.status !== 'requires_action') return frame(text.title, `<h1>${text.done}</h1><p>${text.close}</p>`);
  const amount = new Intl.NumberFormat(language.startsWith('de') ? 'de-DE' : 'en', {
    style: 'currency',
    currency: charge.currency,
  });
  const digits = amount.resolvedOptions().maximumFractionDigits ?? 2;
  const shown = amount.format(Number(charge.amount) / 10 ** digits);
  return frame(
    text.title,
    `<h1>${text.title}</h1><p class="sum">${shown}</p><p>${text.note}</p>
<form method="post"><button name="answer" value="approve">${text.approve}</button>
<button name="answer" value="refuse" class="quiet">${text.refuse}</button></form>`,
  );
}

const ENGLISH = {
  title: 'Demo bank: confirm the payment',
  note: 'This is a demonstration. No real money moves, and no real bank is asked.',
  approve: 'Confirm (demo money)',
  refuse: 'Refuse',
  done: 'Done',
  close: 'You can close this window and go back to the stream.',
};

const GERMAN: typeof ENGLISH = {
  title: 'Demo-Bank: Zahlung bestätigen',
  note: 'Dies ist eine Vorführung. Es fließt kein echtes Geld, und keine echte Bank wird gefragt.',
  approve: 'Bestätigen (Demogeld)',
  refuse: 'Ablehnen',
  done: 'Erledigt',
  close: 'Du kannst dieses Fenster schließen und zum Stream zurückkehren.',
};

const frame = (title: string, body: string): string => `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1.5rem}
h1{font-size:1.25rem}.sum{font-size:2rem;font-weight:700;margin:.5rem 0}
button{font:inherit;font-weight:600;display:block;width:100%;padding:.8rem;margin:.75rem 0;border-radius:.75rem;
border:0;background:#3257d6;color:#fff;cursor:pointer}
button.quiet{background:none;color:inherit;border:1px solid currentColor}
button:focus-visible{outline:3px solid #7fa0ff;outline-offset:2px}
</style></head><body><main>${body}</main></body></html>`;
