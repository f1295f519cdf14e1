/** better-auth: passwords, second factor, passkeys, sessions, mail verification and reset, on its own pool in the schema `auth`. */
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import pg from 'pg';
import type { Context } from '../kernel/context.ts';
import { mintId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { mailPerson, VERIFY_HOURS } from './mails.ts';
import { PERSON_CHANGED, SESSION_DAYS, SESSION_ENDED, type SessionEnded } from './session.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' };

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(ctx: Context) {
  const { connectionString } = ctx.db.pool.options;
  const pool = new pg.Pool({ connectionString, max: 4, application_name: 'souk auth', options: '-c search_path=auth' });
  pool.on('error', () => {});
  const auth = betterAuth({
    appName: 'Souk',
    baseURL: ctx.config.public_url,
    basePath: '/api/auth',
    secret: ctx.config.secret,
    database: pool,
    telemetry: { enabled: false },
    rateLimit: { enabled: false }, // the house's own limits hold, per address and per account
    logger: { log: (level, message) => level === 'error' && ctx.log.error({ message }, 'better-auth') },
    advanced: {
      cookiePrefix: 'souk',
      useSecureCookies: ctx.config.public_url.startsWith('https:'),
      disableCSRFCheck: true, // kernel/walls.ts refuses other sites before any route
      ipAddress: { ipAddressHeaders: ['x-souk-address'] }, // set by us, never taken from outside (FAULTS B21)
      database: { generateId: () => mintId() },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // people/people.ts signs up: user, person and accounts in one transaction
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => mailPerson(ctx, user.id, { kind: 'reset', token }),
    },
    emailVerification: {
      expiresIn: VERIFY_HOURS * 3_600,
      sendVerificationEmail: ({ user }) => mailPerson(ctx, user.id, { kind: 'verify' }),
      afterEmailVerification: async ({ id }) => ctx.bus.publish(PERSON_CHANGED, { person_id: id }),
    },
    user: { modelName: 'users', fields: { emailVerified: 'email_verified', ...timestamps } },
    session: {
      modelName: 'sessions',
      expiresIn: SESSION_DAYS * 86_400,
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...timestamps,
      },
    },
    account: {
      modelName: 'accounts',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...timestamps,
      },
    },
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...timestamps } },
    plugins: [secondFactor(), passkeys(ctx.config.public_url)],
    databaseHooks: {
      session: {
        delete: {
          after: async (session) => {
            const ended: SessionEnded = { person_id: session.userId, session_id: session.id };
            ctx.bus.publish(SESSION_ENDED, ended);
          },
        },
      },
    },
  });
  return { api: auth.api, context: auth.$context, close: () => pool.end() };
}

/** Codes of an authenticator app; ten wrong ones in a row lock the account's second factor for a quarter of an hour. */
const secondFactor = () =>
  twoFactor({
    issuer: 'Souk',
    schema: {
      user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
      twoFactor: {
        modelName: 'two_factors',
        fields: {
          backupCodes: 'backup_codes',
          userId: 'user_id',
          failedVerificationCount: 'failed_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  });

const passkeys = (origin: string) =>
  passkey({
    rpName: 'Souk',
    origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    schema: {
      passkey: {
        modelName: 'passkeys',
        fields: {
          publicKey: 'public_key',
          userId: 'user_id',
          credentialID: 'credential_id',
          deviceType: 'device_type',
          backedUp: 'backed_up',
          createdAt: 'created_at',
        },
      },
    },
  });

const CODES: Record<string, string> = {
  INVALID_CODE: 'code_wrong',
  INVALID_BACKUP_CODE: 'code_wrong',
  TOTP_NOT_ENABLED: 'second_factor_off',
  BACKUP_CODES_NOT_ENABLED: 'second_factor_off',
  TOTP_ALREADY_ENABLED: 'second_factor_on',
  INVALID_TWO_FACTOR_COOKIE: 'sign_in_again',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'sign_in_again',
  ACCOUNT_TEMPORARILY_LOCKED: 'second_factor_locked',
  SESSION_NOT_FRESH: 'sign_in_again',
  CHALLENGE_NOT_FOUND: 'passkey_refused',
  PASSKEY_NOT_FOUND: 'passkey_refused',
  AUTHENTICATION_FAILED: 'passkey_refused',
  FAILED_TO_VERIFY_REGISTRATION: 'passkey_refused',
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: 'passkey_refused',

  INVALID_EMAIL_OR_PASSWORD: 'credentials_wrong',
  INVALID_EMAIL: 'credentials_wrong',
  INVALID_PASSWORD: 'password_wrong',
  PASSWORD_TOO_SHORT: 'password_weak',
  PASSWORD_TOO_LONG: 'password_weak',
  INVALID_TOKEN: 'token_invalid',
  TOKEN_EXPIRED: 'token_invalid',
  USER_NOT_FOUND: 'token_invalid',
  UNAUTHORIZED: 'sign_in_required',
  SESSION_EXPIRED: 'sign_in_required',
};

/** Asks better-auth; its errors become refusals of ours. */
export async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { body, status } = error as { body?: { code?: string }; status?: string };
    const code = CODES[body?.code ?? status ?? ''];
    if (!code) throw error;
    throw new Refusal(code);
  }
}
