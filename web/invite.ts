/** The code of an invitation, from its link to the sign-up form: for as long as this window is open. */
const KEPT = 'souk.invite';

export function keepInvite(code: string): void {
  if (/^[0-9a-z-]{1,40}$/i.test(code)) sessionStorage.setItem(KEPT, code);
}

export const keptInvite = (): string => sessionStorage.getItem(KEPT) ?? '';
