import { api } from '../../api.ts';

/** Whether this browser makes passkeys, and this page is one where it does: https or localhost. */
export const hasPasskeys = (): boolean =>
  window.isSecureContext && typeof window.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

/** The person closed the browser's own question: nothing to be told. */
export const isDeclined = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');

/** Makes a passkey on this device. @throws what the browser or the server says against it */
export async function makePasskey(name: string): Promise<void> {
  const asked = await api.POST('/api/people/me/passkeys/options');
  if (!asked.data) throw asked.error;
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(asked.data.options as never);
  const made = (await navigator.credentials.create({ publicKey: options })) as PublicKeyCredential;
  const { error } = await api.POST('/api/people/me/passkeys', { body: { name, response: { ...made.toJSON() } } });
  if (error) throw error;
}

/** Signs in with a passkey of this device. */
export async function signInWithPasskey(): Promise<void> {
  const asked = await api.POST('/api/auth/passkey-options');
  if (!asked.data) throw asked.error;
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(asked.data.options as never);
  const found = (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential;
  const { error } = await api.POST('/api/auth/passkey', { body: { response: { ...found.toJSON() } } });
  if (error) throw error;
}
