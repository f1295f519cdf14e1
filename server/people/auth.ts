/** better-auth: passwords, sessions, mail verification and reset, on its own pool in the schema `auth`. */
import { betterAuth } from 'better-auth';
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

const CODES: Record<string, string> = {
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
