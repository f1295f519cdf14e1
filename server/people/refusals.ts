import { defineRefusals } from '../kernel/refusal.ts';

export const peopleRefusals = defineRefusals({
  too_young: [403, 'You are not old enough for this'],
  birth_date_invalid: [400, 'This is not a possible birth date'],
  birth_date_locked: [403, 'Only the operator can change this birth date'],
  email_invalid: [400, 'This is not a usable e-mail address'],
  email_taken: [409, 'There is an account with this e-mail address'],
  handle_taken: [409, 'This name is taken'],
  handle_reserved: [409, 'This name is reserved'],
  password_weak: [400, 'This password is too short or too easy to guess'],
  password_wrong: [403, 'The current password is not right'],
  credentials_wrong: [401, 'E-mail address or password is not right'],
  token_invalid: [400, 'This link is no longer valid'],
  not_yourself: [409, 'You cannot do this to yourself'],
  blocked: [403, 'One of you has blocked the other'],
  last_operator: [409, 'An instance needs at least one operator'],
  sign_up_closed: [403, 'This instance takes no new people at present'],
});
