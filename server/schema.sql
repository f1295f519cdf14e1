-- Written by `npm run generate` from a migrated database. Never edited.

create table ledger.accounts (
  account_id uuid not null,
  owner_id uuid,
  kind text not null,
  asset text not null,
  debits bigint default 0 not null,
  credits bigint default 0 not null,
  floor bigint,
  opened_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  PRIMARY KEY (account_id),
  UNIQUE NULLS NOT DISTINCT (owner_id, kind, asset),
  CHECK (asset = 'COIN'::text OR asset ~ '^[A-Z]{3}$'::text),
  CHECK (credits >= 0),
  CHECK (debits >= 0),
  CHECK (kind ~ '^[a-z][a-z0-9_.]*(:[A-Za-z0-9_.]+)*$'::text)
) with (fillfactor=50);

create table ledger.transfers (
  transfer_id uuid not null,
  seq bigint generated always as identity not null,
  debit uuid not null,
  credit uuid not null,
  amount bigint not null,
  code text not null,
  ref uuid not null,
  group_id uuid,
  debit_from bigint not null,
  credit_from bigint not null,
  debit_balance bigint not null,
  credit_balance bigint not null,
  event_at timestamp(3) with time zone not null,
  recorded_at timestamp(3) with time zone not null,
  PRIMARY KEY (transfer_id),
  CHECK (amount > 0),
  CHECK (credit <> debit),
  CHECK (code ~ '^[a-z][a-z0-9_.]*$'::text)
);
create index transfers_credit on ledger.transfers USING btree (credit, seq);
create index transfers_debit on ledger.transfers USING btree (debit, seq);
create index transfers_ref on ledger.transfers USING btree (ref);

create table added_labels (
  kind text not null,
  thing_id uuid not null,
  relation text not null,
  added_by uuid not null,
  added_at timestamp(3) with time zone not null,
  PRIMARY KEY (thing_id, kind, relation),
  CHECK (kind = ANY (ARRAY['video'::text, 'room'::text])),
  CHECK (relation = ANY (ARRAY['ad'::text, 'paid_deal'::text, 'brand_gift'::text, 'product_link'::text, 'own_product'::text, 'live_selling'::text])),
  FOREIGN KEY (added_by) REFERENCES people(person_id)
);
CREATE TRIGGER added_labels_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.added_labels FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

create table addresses (
  address_id uuid not null,
  person_id uuid not null,
  name text not null,
  street text not null,
  postal_code text not null,
  city text not null,
  country character(2) not null,
  created_at timestamp(3) with time zone not null,
  deleted_at timestamp(3) with time zone,
  PRIMARY KEY (address_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index addresses_of_person on addresses USING btree (person_id, created_at DESC, address_id DESC) WHERE (deleted_at IS NULL);

create table appeals (
  appeal_id uuid not null,
  decision_id uuid not null,
  person_id uuid not null,
  reasoning text not null,
  filed_at timestamp(3) with time zone not null,
  outcome text,
  reason text,
  decided_by uuid,
  decided_at timestamp(3) with time zone,
  PRIMARY KEY (appeal_id),
  UNIQUE (decision_id),
  CHECK ((decided_at IS NULL) = (outcome IS NULL)),
  CHECK ((decided_at IS NULL) = (reason IS NULL)),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (outcome = ANY (ARRAY['upheld'::text, 'overturned'::text])),
  CHECK (length(reasoning) >= 3 AND length(reasoning) <= 2000),
  FOREIGN KEY (decided_by) REFERENCES people(person_id),
  FOREIGN KEY (decision_id) REFERENCES decisions(decision_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index appeals_decided on appeals USING btree (decided_at DESC, appeal_id DESC) WHERE (decided_at IS NOT NULL);
create index appeals_open on appeals USING btree (filed_at, appeal_id) WHERE (decided_at IS NULL);

create table audit_log (
  audit_id uuid not null,
  actor_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id uuid not null,
  reason text not null,
  data jsonb not null,
  happened_at timestamp(3) with time zone not null,
  PRIMARY KEY (audit_id),
  FOREIGN KEY (actor_id) REFERENCES people(person_id)
);
create index audit_log_by_time on audit_log USING btree (happened_at DESC, audit_id DESC);
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

create table battles (
  battle_id uuid not null,
  room_id uuid not null,
  rival_id uuid not null,
  lasts_s integer not null,
  asked_at timestamp(3) with time zone not null,
  starts_at timestamp(3) with time zone,
  ends_at timestamp(3) with time zone,
  stopped_at timestamp(3) with time zone,
  stopped_by uuid,
  PRIMARY KEY (battle_id),
  CHECK (room_id <> rival_id),
  CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
  CHECK (lasts_s >= 60 AND lasts_s <= 600),
  FOREIGN KEY (rival_id) REFERENCES rooms(room_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id),
  FOREIGN KEY (stopped_by) REFERENCES people(person_id)
);
create index battles_of_rival on battles USING btree (rival_id, asked_at DESC);
create index battles_of_room on battles USING btree (room_id, asked_at DESC);
create index battles_running on battles USING btree (ends_at) WHERE ((ends_at IS NOT NULL) AND (stopped_at IS NULL));

create table blocks (
  blocker_id uuid not null,
  blocked_id uuid not null,
  blocked_at timestamp(3) with time zone not null,
  PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id),
  FOREIGN KEY (blocked_id) REFERENCES people(person_id),
  FOREIGN KEY (blocker_id) REFERENCES people(person_id)
);
create index blocks_of_blocked on blocks USING btree (blocked_id, blocker_id);

create table cases (
  case_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  owner_id uuid not null,
  title text not null,
  opened_at timestamp(3) with time zone not null,
  decided_at timestamp(3) with time zone,
  severity smallint not null,
  PRIMARY KEY (case_id),
  CHECK (severity >= 1 AND severity <= 3),
  CHECK (subject_kind = ANY (ARRAY['room'::text, 'person'::text, 'line'::text, 'product'::text, 'video'::text, 'comment'::text, 'message'::text])),
  FOREIGN KEY (owner_id) REFERENCES people(person_id)
);
create index cases_decided on cases USING btree (decided_at DESC, case_id DESC) WHERE (decided_at IS NOT NULL);
create index cases_of_owner on cases USING btree (owner_id, opened_at DESC);
create index cases_queue on cases USING btree (((- severity)), opened_at, case_id) WHERE (decided_at IS NULL);
create unique index cases_open_subject on cases USING btree (subject_kind, subject_id) WHERE (decided_at IS NULL);

create table chat_mutes (
  host_id uuid not null,
  person_id uuid not null,
  muted_until timestamp(3) with time zone,
  muted_by uuid not null,
  muted_at timestamp(3) with time zone not null,
  PRIMARY KEY (host_id, person_id),
  CHECK (host_id <> person_id),
  FOREIGN KEY (host_id) REFERENCES people(person_id),
  FOREIGN KEY (muted_by) REFERENCES people(person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index chat_mutes_of_host on chat_mutes USING btree (host_id, muted_at DESC, person_id DESC);

create table chat_rules (
  host_id uuid not null,
  slow_s integer not null,
  followers_for_s integer,
  min_account_age_s integer not null,
  subscribers_only boolean not null,
  links_refused boolean not null,
  block_words text[] not null,
  version integer not null,
  changed_by uuid not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (host_id),
  CHECK (cardinality(block_words) <= 200),
  CHECK (followers_for_s >= 0 AND followers_for_s <= 31536000),
  CHECK (min_account_age_s >= 0 AND min_account_age_s <= 31536000),
  CHECK (slow_s >= 0 AND slow_s <= 3600),
  FOREIGN KEY (changed_by) REFERENCES people(person_id),
  FOREIGN KEY (host_id) REFERENCES people(person_id)
);

create table co_watches (
  video_id uuid not null,
  other_id uuid not null,
  n integer not null,
  PRIMARY KEY (video_id, other_id),
  CHECK (n > 0)
) with (fillfactor=70);

create table cohosts (
  cohost_id uuid not null,
  room_id uuid not null,
  person_id uuid not null,
  host_yes_at timestamp(3) with time zone,
  guest_yes_at timestamp(3) with time zone,
  shown_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  end_reason text,
  PRIMARY KEY (cohost_id),
  CHECK (host_yes_at IS NOT NULL OR guest_yes_at IS NOT NULL),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  CHECK (end_reason = ANY (ARRAY['host'::text, 'guest'::text, 'lost'::text, 'blocked'::text, 'suspended'::text, 'live_ended'::text, 'erased'::text])),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
);
create index cohosts_of_person on cohosts USING btree (person_id) WHERE (ended_at IS NULL);
create unique index cohosts_open on cohosts USING btree (room_id, person_id) WHERE (ended_at IS NULL);
create unique index cohosts_together_in_room on cohosts USING btree (room_id) WHERE ((ended_at IS NULL) AND (host_yes_at IS NOT NULL) AND (guest_yes_at IS NOT NULL));
create unique index cohosts_together_of_person on cohosts USING btree (person_id) WHERE ((ended_at IS NULL) AND (host_yes_at IS NOT NULL) AND (guest_yes_at IS NOT NULL));

create table coin_burns (
  lot_id uuid not null,
  lot_from bigint not null,
  lot_to bigint not null,
  reason text not null,
  ref uuid not null,
  burnt_at timestamp(3) with time zone not null,
  PRIMARY KEY (lot_id, lot_from),
  CHECK (lot_to > lot_from),
  CHECK (lot_from >= 0),
  CHECK (reason = ANY (ARRAY['withdrawn'::text, 'charged_back'::text])),
  FOREIGN KEY (lot_id) REFERENCES lots(lot_id)
);

create table coin_segments (
  account_id uuid not null,
  from_pos bigint not null,
  to_pos bigint not null,
  lot_id uuid not null,
  lot_from bigint not null,
  PRIMARY KEY (account_id, from_pos),
  CHECK (to_pos > from_pos),
  CHECK (from_pos >= 0),
  CHECK (lot_from >= 0),
  FOREIGN KEY (lot_id) REFERENCES lots(lot_id)
);
create index coin_segments_of_lot on coin_segments USING btree (lot_id, lot_from);

create table comment_filters (
  person_id uuid not null,
  words text[] default '{}'::text[] not null,
  holds_links boolean default true not null,
  holds_all boolean default false not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (person_id),
  CHECK (cardinality(words) <= 200),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table comment_likes (
  comment_id uuid not null,
  person_id uuid not null,
  liked_at timestamp(3) with time zone not null,
  PRIMARY KEY (comment_id, person_id),
  FOREIGN KEY (comment_id) REFERENCES comments(comment_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index comment_likes_of_person on comment_likes USING btree (person_id);

create table comments (
  comment_id uuid not null,
  video_id uuid not null,
  person_id uuid not null,
  parent_id uuid,
  answers_id uuid,
  body_text text not null,
  held_for text,
  likes integer default 0 not null,
  replies integer default 0 not null,
  pinned_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  deleted_at timestamp(3) with time zone,
  deleted_by text,
  PRIMARY KEY (comment_id),
  CHECK (length(body_text) <= 500),
  CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)),
  CHECK (parent_id IS NULL OR pinned_at IS NULL AND replies = 0),
  CHECK (deleted_by = ANY (ARRAY['author'::text, 'owner'::text, 'thread'::text, 'moderation'::text, 'erasure'::text])),
  CHECK (held_for = ANY (ARRAY['word'::text, 'link'::text, 'all'::text])),
  CHECK (likes >= 0),
  CHECK (replies >= 0),
  FOREIGN KEY (answers_id) REFERENCES people(person_id),
  FOREIGN KEY (parent_id) REFERENCES comments(comment_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
) with (fillfactor=70);
create index comments_deleted on comments USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);
create index comments_held on comments USING btree (video_id, created_at DESC) WHERE ((held_for IS NOT NULL) AND (deleted_at IS NULL));
create index comments_new on comments USING btree (video_id, created_at DESC, comment_id DESC) WHERE ((parent_id IS NULL) AND (deleted_at IS NULL));
create index comments_of_person on comments USING btree (person_id, created_at DESC);
create index comments_replies on comments USING btree (parent_id, created_at, comment_id) WHERE (parent_id IS NOT NULL);
create index comments_top on comments USING btree (video_id, likes DESC, created_at DESC, comment_id DESC) WHERE ((parent_id IS NULL) AND (deleted_at IS NULL));
create unique index comments_pinned on comments USING btree (video_id) WHERE ((pinned_at IS NOT NULL) AND (deleted_at IS NULL));

create table commerce_dials (
  person_id uuid not null,
  dial smallint not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (person_id),
  CHECK (dial >= 0 AND dial <= 100),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table conversation_members (
  conversation_id uuid not null,
  person_id uuid not null,
  state text not null,
  read_at timestamp(3) with time zone,
  is_muted boolean default false not null,
  joined_at timestamp(3) with time zone not null,
  PRIMARY KEY (conversation_id, person_id),
  CHECK (state = ANY (ARRAY['in'::text, 'asked'::text, 'refused'::text, 'left'::text])),
  FOREIGN KEY (conversation_id) REFERENCES conversations(conversation_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
) with (fillfactor=70);
create index conversations_of_person on conversation_members USING btree (person_id, state);

create table conversations (
  conversation_id uuid not null,
  pair_id uuid,
  title text,
  created_by uuid not null,
  created_at timestamp(3) with time zone not null,
  said_at timestamp(3) with time zone not null,
  PRIMARY KEY (conversation_id),
  UNIQUE (pair_id),
  CHECK (length(title) >= 1 AND length(title) <= 60),
  FOREIGN KEY (created_by) REFERENCES people(person_id)
) with (fillfactor=70);

create table corrections (
  viewer_id uuid not null,
  kind text not null,
  what text not null,
  served_id uuid,
  made_at timestamp(3) with time zone not null,
  PRIMARY KEY (viewer_id, kind, what),
  CHECK (kind = ANY (ARRAY['video'::text, 'creator'::text, 'tag'::text, 'sound'::text])),
  CHECK (length(what) >= 1 AND length(what) <= 60)
);
create index corrections_by_age on corrections USING brin (made_at);

create table creator_standings (
  person_id uuid not null,
  views bigint not null,
  first_published_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
) with (fillfactor=70);

create table decisions (
  decision_id uuid not null,
  case_id uuid not null,
  outcome text not null,
  take_down boolean not null,
  sanction_id uuid,
  reason text not null,
  decided_by uuid not null,
  decided_at timestamp(3) with time zone not null,
  PRIMARY KEY (decision_id),
  UNIQUE (case_id),
  CHECK (outcome = ANY (ARRAY['dismissed'::text, 'violation'::text])),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  FOREIGN KEY (decided_by) REFERENCES people(person_id),
  FOREIGN KEY (sanction_id) REFERENCES sanctions(sanction_id)
);
create index decisions_of_case on decisions USING btree (decided_at DESC, decision_id DESC);
CREATE TRIGGER decisions_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

create table demo_cast (
  part text not null,
  person_id uuid not null,
  PRIMARY KEY (part),
  UNIQUE (person_id),
  CHECK (length(part) >= 1 AND length(part) <= 40),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table email_changes (
  person_id uuid not null,
  email text not null,
  token_hash bytea not null,
  expires_at timestamp(3) with time zone not null,
  PRIMARY KEY (person_id),
  CHECK (email = lower(email)),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table encoder_keys (
  owner_id uuid not null,
  key_hash bytea not null,
  made_at timestamp(3) with time zone not null,
  connected_at timestamp(3) with time zone,
  fault text,
  fault_at timestamp(3) with time zone,
  PRIMARY KEY (owner_id),
  UNIQUE (key_hash),
  FOREIGN KEY (owner_id) REFERENCES people(person_id)
);

create table feed_marks (
  job text not null,
  reached_at timestamp(3) with time zone not null,
  session_id uuid not null,
  video_id uuid not null,
  PRIMARY KEY (job)
);

create table follow_requests (
  requester_id uuid not null,
  person_id uuid not null,
  asked_at timestamp(3) with time zone not null,
  PRIMARY KEY (requester_id, person_id),
  CHECK (requester_id <> person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (requester_id) REFERENCES people(person_id)
);
create index requests_of_person on follow_requests USING btree (person_id, asked_at DESC, requester_id DESC);

create table follows (
  follower_id uuid not null,
  followee_id uuid not null,
  followed_at timestamp(3) with time zone not null,
  PRIMARY KEY (follower_id, followee_id),
  CHECK (follower_id <> followee_id),
  FOREIGN KEY (followee_id) REFERENCES people(person_id),
  FOREIGN KEY (follower_id) REFERENCES people(person_id)
);
create index follows_of_followee on follows USING btree (followee_id, followed_at DESC, follower_id DESC);
create index follows_of_follower on follows USING btree (follower_id, followed_at DESC, followee_id DESC);

create table gift_earnings (
  gift_id uuid not null,
  reason text not null,
  lot_id uuid not null,
  lot_from bigint not null,
  lot_to bigint not null,
  receiver_id uuid not null,
  currency character(3) not null,
  share_id text not null,
  platform_bps integer not null,
  vat_minor bigint not null,
  net_minor bigint not null,
  creator_minor bigint not null,
  platform_minor bigint not null,
  booked_on date not null,
  booked_at timestamp(3) with time zone not null,
  PRIMARY KEY (gift_id, reason, lot_id, lot_from),
  CHECK (lot_to > lot_from),
  CHECK ((creator_minor + platform_minor) = net_minor),
  CHECK (reason = ANY (ARRAY['settled'::text, 'returned'::text, 'charged_back'::text])),
  FOREIGN KEY (gift_id) REFERENCES gifts(gift_id),
  FOREIGN KEY (lot_id) REFERENCES lots(lot_id),
  FOREIGN KEY (receiver_id) REFERENCES people(person_id)
);
create index gift_earnings_by_day on gift_earnings USING btree (receiver_id, currency, booked_on DESC);

create table gift_goals (
  goal_id uuid not null,
  owner_id uuid not null,
  room_id uuid,
  title text not null,
  target bigint not null,
  currency character(3),
  started_at timestamp(3) with time zone not null,
  reached_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  PRIMARY KEY (goal_id),
  CHECK (target > 0),
  CHECK (length(title) >= 1 AND length(title) <= 80),
  FOREIGN KEY (owner_id) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
);
create unique index gift_goals_open on gift_goals USING btree (owner_id, room_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);

create table gift_momentum (
  room_id uuid not null,
  started_at timestamp(3) with time zone not null,
  counts_from timestamp(3) with time zone not null,
  PRIMARY KEY (room_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
) with (fillfactor=70);

create table gift_overlays (
  person_id uuid not null,
  secret_hash text not null,
  made_at timestamp(3) with time zone not null,
  PRIMARY KEY (person_id),
  UNIQUE (secret_hash),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table gift_settings (
  person_id uuid not null,
  momentum_in_my_rooms boolean default true not null,
  momentum_for_me boolean default true not null,
  gallery_shown boolean default true not null,
  named_as_supporter boolean default true not null,
  PRIMARY KEY (person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table gift_thanks (
  creator_id uuid not null,
  sender_id uuid not null,
  run_id uuid not null,
  gift_id uuid not null,
  thanked_at timestamp(3) with time zone not null,
  PRIMARY KEY (creator_id, sender_id, run_id),
  FOREIGN KEY (creator_id) REFERENCES people(person_id),
  FOREIGN KEY (gift_id) REFERENCES gifts(gift_id),
  FOREIGN KEY (sender_id) REFERENCES people(person_id)
);

create table gifts (
  gift_id uuid not null,
  sender_id uuid not null,
  receiver_id uuid not null,
  room_id uuid,
  gift text not null,
  count integer not null,
  coins bigint not null,
  from_pos bigint not null,
  combo_id uuid,
  share_id text not null,
  platform_bps integer not null,
  state text not null,
  sent_at timestamp(3) with time zone not null,
  settle_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  undone boolean default false not null,
  video_id uuid,
  PRIMARY KEY (gift_id),
  CHECK (sender_id <> receiver_id),
  CHECK (room_id IS NULL OR video_id IS NULL),
  CHECK (coins > 0),
  CHECK (count >= 1 AND count <= 999),
  CHECK (from_pos >= 0),
  CHECK (platform_bps >= 0 AND platform_bps <= 10000),
  CHECK (state = ANY (ARRAY['sent'::text, 'settled'::text, 'returned'::text, 'reversed'::text])),
  FOREIGN KEY (receiver_id) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id),
  FOREIGN KEY (sender_id) REFERENCES people(person_id)
) with (fillfactor=85);
create index gifts_due on gifts USING btree (settle_at, gift_id) WHERE (state = 'sent'::text);
create index gifts_of_receiver on gifts USING btree (receiver_id, sent_at) WHERE (state = ANY (ARRAY['sent'::text, 'settled'::text]));
create index gifts_of_room on gifts USING btree (room_id, gift_id) WHERE (room_id IS NOT NULL);
create index gifts_of_sender on gifts USING btree (sender_id, from_pos);

create table handover_choices (
  host_id uuid not null,
  welcome boolean not null,
  chosen_at timestamp(3) with time zone not null,
  PRIMARY KEY (host_id),
  FOREIGN KEY (host_id) REFERENCES people(person_id)
);

create table idempotency_keys (
  key_id uuid not null,
  body_hash text not null,
  status integer not null,
  body json not null,
  stored_at timestamp(3) with time zone not null,
  PRIMARY KEY (key_id)
);
create index idempotency_keys_stored on idempotency_keys USING btree (stored_at);

create table instance_settings (
  only_row boolean default true not null,
  name text not null,
  registration text not null,
  updated_at timestamp(3) with time zone not null,
  legal_name text default ''::text not null,
  legal_address text default ''::text not null,
  PRIMARY KEY (only_row),
  CHECK (length(legal_address) <= 300),
  CHECK (length(legal_name) <= 120),
  CHECK (length(name) >= 1 AND length(name) <= 60),
  CHECK (only_row),
  CHECK (registration = ANY (ARRAY['open'::text, 'invite'::text, 'closed'::text]))
);

create table invite_uses (
  person_id uuid not null,
  invite_id uuid not null,
  used_at timestamp(3) with time zone not null,
  PRIMARY KEY (person_id),
  FOREIGN KEY (invite_id) REFERENCES invites(invite_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index invite_uses_of_invite on invite_uses USING btree (invite_id, used_at DESC);

create table invites (
  invite_id uuid not null,
  code text not null,
  label text not null,
  most_uses integer not null,
  uses integer default 0 not null,
  expires_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  made_by uuid not null,
  made_at timestamp(3) with time zone not null,
  PRIMARY KEY (invite_id),
  UNIQUE (code),
  CHECK (uses >= 0 AND uses <= most_uses),
  CHECK (code ~ '^[0-9a-hjkmnp-tv-z]{12}$'::text),
  CHECK (length(label) <= 80),
  CHECK (most_uses >= 1 AND most_uses <= 10000),
  FOREIGN KEY (made_by) REFERENCES people(person_id)
) with (fillfactor=70);
create index invites_by_time on invites USING btree (made_at DESC, invite_id DESC);

create table legal_pages (
  page text not null,
  locale text not null,
  body_text text not null,
  updated_at timestamp(3) with time zone not null,
  PRIMARY KEY (page, locale),
  CHECK (length(body_text) >= 1 AND length(body_text) <= 50000),
  CHECK (locale = ANY (ARRAY['de'::text, 'en'::text])),
  CHECK (page = ANY (ARRAY['imprint'::text, 'privacy'::text, 'terms'::text]))
);

create table lots (
  lot_id uuid not null,
  top_up_id uuid not null,
  person_id uuid not null,
  attempt_id uuid not null,
  market character(2) not null,
  currency character(3) not null,
  coins bigint not null,
  net_minor bigint not null,
  vat_minor bigint not null,
  vat_bps integer not null,
  fee_minor bigint not null,
  bought_at timestamp(3) with time zone not null,
  withdraw_until timestamp(3) with time zone not null,
  charged_back_at timestamp(3) with time zone,
  PRIMARY KEY (lot_id),
  UNIQUE (attempt_id),
  UNIQUE (top_up_id),
  CHECK (coins > 0),
  CHECK (fee_minor >= 0),
  CHECK (net_minor >= 0),
  CHECK (vat_bps >= 0 AND vat_bps <= 10000),
  CHECK (vat_minor >= 0),
  FOREIGN KEY (attempt_id) REFERENCES payment_attempts(attempt_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (top_up_id) REFERENCES top_ups(top_up_id)
) with (fillfactor=90);
create index lots_of_person on lots USING btree (person_id, bought_at DESC, lot_id DESC);

create table mail_bounces (
  bounce_id uuid not null,
  address text not null,
  kind text not null,
  detail text not null,
  reported_at timestamp(3) with time zone not null,
  PRIMARY KEY (bounce_id),
  CHECK (kind = ANY (ARRAY['hard'::text, 'soft'::text, 'complaint'::text]))
);
create index mail_bounces_of_address on mail_bounces USING btree (address, reported_at DESC);

create table mail_suppressions (
  address text not null,
  reason text not null,
  detail text not null,
  since_at timestamp(3) with time zone not null,
  PRIMARY KEY (address),
  CHECK (reason = ANY (ARRAY['hard'::text, 'soft'::text, 'complaint'::text]))
);

create table mailbox (
  mail_id uuid not null,
  recipient text not null,
  subject text not null,
  body_text text not null,
  sent_at timestamp(3) with time zone not null,
  unsubscribe_url text,
  PRIMARY KEY (mail_id)
);
create index mailbox_sent on mailbox USING btree (sent_at DESC, mail_id DESC);

create table merchants (
  merchant_id uuid not null,
  owner_id uuid not null,
  name text not null,
  market character(2) not null,
  currency character(3) not null,
  trader_name text,
  street text,
  postal_code text,
  city text,
  country character(2),
  email text,
  phone text,
  register text,
  vat_id text,
  shipping_minor bigint default 0 not null,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (merchant_id),
  UNIQUE (owner_id),
  CHECK (length(name) >= 1 AND length(name) <= 80),
  CHECK (shipping_minor >= 0 AND shipping_minor <= 100000),
  FOREIGN KEY (owner_id) REFERENCES people(person_id)
);

create table messages (
  message_id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  body_text text not null,
  thing_kind text,
  thing_id uuid,
  sent_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone,
  PRIMARY KEY (message_id),
  CHECK (length(body_text) <= 2000),
  CHECK ((thing_kind IS NULL) = (thing_id IS NULL)),
  CHECK (thing_kind = ANY (ARRAY['video'::text, 'room'::text, 'product'::text])),
  FOREIGN KEY (conversation_id) REFERENCES conversations(conversation_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index messages_of_conversation on messages USING btree (conversation_id, sent_at DESC, message_id DESC);
create index messages_of_person on messages USING btree (person_id);

create table mutes (
  muter_id uuid not null,
  muted_id uuid not null,
  muted_at timestamp(3) with time zone not null,
  PRIMARY KEY (muter_id, muted_id),
  CHECK (muter_id <> muted_id),
  FOREIGN KEY (muted_id) REFERENCES people(person_id),
  FOREIGN KEY (muter_id) REFERENCES people(person_id)
);
create index mutes_of_muter on mutes USING btree (muter_id, muted_at DESC, muted_id DESC);

create table notice_choices (
  person_id uuid not null,
  kind text not null,
  channel text not null,
  wanted boolean not null,
  PRIMARY KEY (person_id, kind, channel),
  CHECK (channel = ANY (ARRAY['app'::text, 'mail'::text, 'push'::text])),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table notice_items (
  item_id uuid not null,
  person_id uuid not null,
  kind text not null,
  group_key text not null,
  notice_count integer default 0 not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  read_at timestamp(3) with time zone,
  PRIMARY KEY (item_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index notice_items_of_person on notice_items USING btree (person_id, updated_at DESC, item_id DESC);
create unique index notice_items_unread on notice_items USING btree (person_id, group_key) WHERE (read_at IS NULL);

create table notice_sends (
  send_id uuid not null,
  notice_id uuid not null,
  channel text not null,
  subscription_id uuid,
  due_at timestamp(3) with time zone,
  attempts integer default 0 not null,
  secret_sealed text,
  outcome text,
  done_at timestamp(3) with time zone,
  PRIMARY KEY (send_id),
  CHECK (channel = ANY (ARRAY['mail'::text, 'push'::text])),
  CHECK ((due_at IS NULL) = (outcome IS NOT NULL)),
  CHECK (outcome = ANY (ARRAY['sent'::text, 'unwanted'::text, 'suppressed'::text, 'refused'::text, 'expired'::text, 'given_up'::text])),
  FOREIGN KEY (notice_id) REFERENCES notices(notice_id) ON DELETE CASCADE,
  FOREIGN KEY (subscription_id) REFERENCES push_subscriptions(subscription_id) ON DELETE CASCADE
);
create index notice_sends_due on notice_sends USING btree (due_at) WHERE (due_at IS NOT NULL);
create index notice_sends_of_notice on notice_sends USING btree (notice_id);
create index notice_sends_of_subscription on notice_sends USING btree (subscription_id) WHERE (subscription_id IS NOT NULL);

create table notice_settings (
  person_id uuid not null,
  zone text not null,
  quiet_from text,
  quiet_until text,
  PRIMARY KEY (person_id),
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
  CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text),
  CHECK (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table notices (
  notice_id uuid not null,
  event_id uuid not null,
  person_id uuid,
  kind text not null,
  created_at timestamp(3) with time zone not null,
  item_id uuid,
  actor_id uuid,
  params jsonb default '{}'::jsonb not null,
  link text,
  address text,
  locale text,
  PRIMARY KEY (notice_id),
  UNIQUE NULLS NOT DISTINCT (event_id, kind, person_id, address),
  CHECK (person_id IS NOT NULL OR address IS NOT NULL AND locale IS NOT NULL),
  CHECK (link ~~ '/%'::text),
  CHECK (locale = ANY (ARRAY['de'::text, 'en'::text])),
  FOREIGN KEY (actor_id) REFERENCES people(person_id),
  FOREIGN KEY (item_id) REFERENCES notice_items(item_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index notices_by_age on notices USING btree (created_at);
create index notices_of_item on notices USING btree (item_id, created_at DESC, notice_id DESC) WHERE (item_id IS NOT NULL);

create table order_lines (
  order_id uuid not null,
  line integer not null,
  product_id uuid not null,
  variant_id uuid not null,
  title text not null,
  option_values jsonb not null,
  quantity integer not null,
  price_minor bigint not null,
  total_minor bigint not null,
  vat_bps integer not null,
  vat_minor bigint not null,
  fee_minor bigint not null,
  fee_vat_minor bigint not null,
  PRIMARY KEY (order_id, line),
  CHECK (total_minor = (price_minor * quantity)),
  CHECK (price_minor > 0),
  CHECK (quantity >= 1 AND quantity <= 20),
  FOREIGN KEY (order_id) REFERENCES orders(order_id),
  FOREIGN KEY (product_id) REFERENCES products(product_id),
  FOREIGN KEY (variant_id) REFERENCES variants(variant_id)
);

create table orders (
  order_id uuid not null,
  buyer_id uuid not null,
  merchant_id uuid not null,
  room_id uuid,
  market character(2) not null,
  currency character(3) not null,
  goods_minor bigint not null,
  shipping_minor bigint not null,
  vat_minor bigint not null,
  total_minor bigint not null,
  fee_bps integer not null,
  fee_minor bigint not null,
  fee_vat_bps integer not null,
  fee_vat_minor bigint not null,
  ship_to jsonb not null,
  state text not null,
  reason text,
  attempt_id uuid not null,
  reserved_until timestamp(3) with time zone,
  stock_taken boolean default false not null,
  tracking text,
  request_key text not null,
  body_hash text not null,
  created_at timestamp(3) with time zone not null,
  paid_at timestamp(3) with time zone,
  shipped_at timestamp(3) with time zone,
  delivered_at timestamp(3) with time zone,
  closed_at timestamp(3) with time zone,
  refunded_at timestamp(3) with time zone,
  PRIMARY KEY (order_id),
  UNIQUE (buyer_id, request_key),
  CHECK (total_minor = (goods_minor + shipping_minor)),
  CHECK (fee_minor >= 0),
  CHECK (fee_vat_minor >= 0),
  CHECK (goods_minor > 0),
  CHECK (shipping_minor >= 0),
  CHECK (state = ANY (ARRAY['unpaid'::text, 'paid'::text, 'shipped'::text, 'delivered'::text, 'cancelled'::text, 'refunded'::text])),
  CHECK (vat_minor >= 0),
  FOREIGN KEY (buyer_id) REFERENCES people(person_id),
  FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id)
) with (fillfactor=60);
create index orders_held on orders USING btree (buyer_id) WHERE (reserved_until IS NOT NULL);
create index orders_let_go on orders USING btree (buyer_id, closed_at) WHERE ((state = 'cancelled'::text) AND (paid_at IS NULL) AND (reason = ANY (ARRAY['expired'::text, 'cancelled_by_buyer'::text])));
create index orders_of_buyer on orders USING btree (buyer_id, created_at DESC, order_id DESC);
create index orders_of_merchant on orders USING btree (merchant_id, created_at DESC, order_id DESC);
create index orders_of_room on orders USING btree (room_id, paid_at) WHERE (room_id IS NOT NULL);
create index orders_reserved on orders USING btree (reserved_until) WHERE (reserved_until IS NOT NULL);

create table outbox (
  outbox_id uuid not null,
  events jsonb not null,
  emitted_at timestamp(3) with time zone not null,
  attempts integer default 0 not null,
  next_at timestamp(3) with time zone not null,
  parked boolean default false not null,
  PRIMARY KEY (outbox_id)
);
create index outbox_due on outbox USING btree (next_at, outbox_id) WHERE (NOT parked);

create table package_renditions (
  package_id uuid not null,
  rendition integer not null,
  codecs text not null,
  width integer not null,
  height integer not null,
  peak_bits_per_s integer not null,
  segments jsonb not null,
  PRIMARY KEY (package_id, rendition),
  CHECK (peak_bits_per_s > 0),
  CHECK (rendition >= 0 AND rendition <= 3),
  FOREIGN KEY (package_id) REFERENCES packages(package_id)
);

create table packages (
  package_id uuid not null,
  owner_id uuid not null,
  is_protected boolean not null,
  duration_ms integer not null,
  width integer not null,
  height integer not null,
  has_sound boolean not null,
  bytes bigint not null,
  created_at timestamp(3) with time zone not null,
  purged_at timestamp(3) with time zone,
  PRIMARY KEY (package_id),
  CHECK (bytes > 0),
  CHECK (duration_ms > 0),
  CHECK (height >= 16 AND height <= 4096),
  CHECK (width >= 16 AND width <= 4096),
  FOREIGN KEY (owner_id) REFERENCES people(person_id),
  FOREIGN KEY (package_id) REFERENCES uploads(upload_id)
);

create table payment_attempts (
  attempt_id uuid not null,
  purpose text not null,
  thing_id uuid not null,
  person_id uuid not null,
  provider text not null,
  method_id uuid not null,
  method_token text not null,
  amount_minor bigint not null,
  currency character(3) not null,
  fee_minor bigint default 0 not null,
  refunded_minor bigint default 0 not null,
  state text not null,
  provider_version integer default 0 not null,
  decline_code text,
  action_url text,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  ask_at timestamp(3) with time zone,
  PRIMARY KEY (attempt_id),
  CHECK (amount_minor > 0),
  CHECK (refunded_minor >= 0 AND refunded_minor <= amount_minor),
  CHECK (fee_minor >= 0),
  CHECK (purpose ~ '^[a-z_]+$'::text),
  CHECK (state = ANY (ARRAY['created'::text, 'requires_action'::text, 'authorizing'::text, 'unknown'::text, 'captured'::text, 'declined'::text, 'expired'::text, 'refund_due'::text, 'refunded'::text, 'reversed'::text])),
  FOREIGN KEY (method_id) REFERENCES payment_methods(method_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
) with (fillfactor=60);
create index payment_attempts_decided on payment_attempts USING btree (state, changed_at) WHERE (state = ANY (ARRAY['captured'::text, 'declined'::text]));
create index payment_attempts_due on payment_attempts USING btree (ask_at) WHERE (ask_at IS NOT NULL);
create index payment_attempts_of_payer on payment_attempts USING btree (person_id, state, changed_at) WHERE (state = ANY (ARRAY['captured'::text, 'declined'::text]));
create index payment_attempts_of_thing on payment_attempts USING btree (thing_id);
create index payment_attempts_top_ups on payment_attempts USING btree (person_id, created_at) WHERE (purpose = 'top_up'::text);

create table payment_methods (
  method_id uuid not null,
  person_id uuid not null,
  provider text not null,
  token text not null,
  brand text not null,
  last4 text not null,
  created_at timestamp(3) with time zone not null,
  deleted_at timestamp(3) with time zone,
  declined_at timestamp(3) with time zone,
  PRIMARY KEY (method_id),
  CHECK (last4 ~ '^\d{4}$'::text),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index payment_methods_of_person on payment_methods USING btree (person_id, created_at DESC, method_id DESC) WHERE (deleted_at IS NULL);

create table payment_refunds (
  refund_id uuid not null,
  attempt_id uuid not null,
  amount_minor bigint not null,
  reason text not null,
  state text not null,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  ask_at timestamp(3) with time zone,
  tries integer default 0 not null,
  reference uuid not null,
  PRIMARY KEY (refund_id),
  CHECK (amount_minor > 0),
  CHECK (state = ANY (ARRAY['created'::text, 'succeeded'::text, 'failed'::text])),
  CHECK (tries >= 0),
  FOREIGN KEY (attempt_id) REFERENCES payment_attempts(attempt_id)
);
create index payment_refunds_due on payment_refunds USING btree (ask_at) WHERE (ask_at IS NOT NULL);
create index payment_refunds_of_attempt on payment_refunds USING btree (attempt_id);
create index payment_refunds_troubled on payment_refunds USING btree (changed_at DESC, refund_id DESC) WHERE ((tries > 0) AND (state <> 'succeeded'::text));
create unique index payment_refunds_reference on payment_refunds USING btree (reference);

create table payment_webhooks (
  provider text not null,
  event_id text not null,
  body text not null,
  received_at timestamp(3) with time zone not null,
  processed_at timestamp(3) with time zone,
  PRIMARY KEY (provider, event_id)
);
create index payment_webhooks_open on payment_webhooks USING btree (received_at) WHERE (processed_at IS NULL);

create table people (
  person_id uuid not null,
  handle text not null,
  name text not null,
  bio text default ''::text not null,
  avatar text,
  market character(2) not null,
  locale text not null,
  born_on date,
  roles text[] default '{}'::text[] not null,
  follower_count integer default 0 not null,
  following_count integer default 0 not null,
  suspended_until timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null,
  erased_at timestamp(3) with time zone,
  is_private boolean default false not null,
  shows_likes boolean default false not null,
  PRIMARY KEY (person_id),
  UNIQUE (handle),
  CHECK (length(bio) <= 300),
  CHECK (follower_count >= 0),
  CHECK (following_count >= 0),
  CHECK (handle ~ '^[a-z0-9][a-z0-9_.]{1,28}[a-z0-9]$'::text),
  CHECK (locale = ANY (ARRAY['de'::text, 'en'::text])),
  CHECK (length(name) >= 1 AND length(name) <= 60),
  CHECK (roles <@ ARRAY['operator'::text, 'moderator'::text, 'finance'::text])
) with (fillfactor=70);
create index people_by_age on people USING btree (created_at DESC, person_id DESC);

create table person_changes (
  change_id uuid not null,
  person_id uuid not null,
  field text not null,
  was text,
  became text,
  changed_by uuid not null,
  reason text not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (change_id),
  CHECK (field = ANY (ARRAY['born_on'::text, 'roles'::text])),
  FOREIGN KEY (changed_by) REFERENCES people(person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index changes_of_person on person_changes USING btree (person_id, changed_at DESC);
CREATE TRIGGER person_changes_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.person_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

create table playback_sessions (
  session_id uuid not null,
  began_at timestamp(3) with time zone not null,
  last_at timestamp(3) with time zone not null,
  watched_ms bigint not null,
  PRIMARY KEY (session_id),
  CHECK (watched_ms >= 0)
) with (fillfactor=50);
create index playback_sessions_by_age on playback_sessions USING brin (began_at);

create table poll_votes (
  poll_id uuid not null,
  person_id uuid not null,
  option integer not null,
  voted_at timestamp(3) with time zone not null,
  PRIMARY KEY (poll_id, person_id),
  CHECK (option >= 0 AND option <= 3),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (poll_id) REFERENCES polls(poll_id)
);

create table polls (
  poll_id uuid not null,
  room_id uuid not null,
  question text not null,
  options text[] not null,
  opened_by uuid not null,
  opened_at timestamp(3) with time zone not null,
  closes_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  PRIMARY KEY (poll_id),
  CHECK (cardinality(options) >= 2 AND cardinality(options) <= 4),
  CHECK (length(question) >= 1 AND length(question) <= 200),
  FOREIGN KEY (opened_by) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
);
create index polls_due on polls USING btree (closes_at) WHERE (closed_at IS NULL);
create index polls_of_room on polls USING btree (room_id, opened_at DESC);
create unique index polls_open on polls USING btree (room_id) WHERE (closed_at IS NULL);

create table price_history (
  variant_id uuid not null,
  from_at timestamp(3) with time zone not null,
  price_minor bigint not null,
  currency character(3) not null,
  PRIMARY KEY (variant_id, from_at),
  CHECK (price_minor > 0),
  FOREIGN KEY (variant_id) REFERENCES variants(variant_id)
);

create table product_images (
  product_id uuid not null,
  position integer not null,
  image_id uuid not null,
  width integer not null,
  height integer not null,
  PRIMARY KEY (product_id, "position"),
  UNIQUE (image_id),
  CHECK ("position" >= 0 AND "position" <= 7),
  FOREIGN KEY (product_id) REFERENCES products(product_id)
);

create table products (
  product_id uuid not null,
  merchant_id uuid not null,
  title text not null,
  description text default ''::text not null,
  vat_class text not null,
  option_names text[] default '{}'::text[] not null,
  state text not null,
  created_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  held_at timestamp(3) with time zone,
  PRIMARY KEY (product_id),
  CHECK (length(description) <= 4000),
  CHECK (state = ANY (ARRAY['draft'::text, 'published'::text, 'unpublished'::text])),
  CHECK (length(title) >= 1 AND length(title) <= 120),
  CHECK (vat_class = ANY (ARRAY['standard'::text, 'reduced'::text, 'zero'::text])),
  FOREIGN KEY (merchant_id) REFERENCES merchants(merchant_id)
);
create index products_for_sale on products USING btree (created_at DESC, product_id DESC) WHERE (state = 'published'::text);
create index products_of_merchant on products USING btree (merchant_id, created_at DESC, product_id DESC);

create table push_keys (
  only_one integer not null,
  public_key text not null,
  private_key_sealed text not null,
  created_at timestamp(3) with time zone not null,
  PRIMARY KEY (only_one),
  CHECK (only_one = 1)
);

create table push_subscriptions (
  subscription_id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  created_at timestamp(3) with time zone not null,
  PRIMARY KEY (subscription_id),
  UNIQUE (endpoint),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE
);
create index push_subscriptions_of_person on push_subscriptions USING btree (person_id, created_at);

create table question_votes (
  question_id uuid not null,
  person_id uuid not null,
  voted_at timestamp(3) with time zone not null,
  PRIMARY KEY (question_id, person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (question_id) REFERENCES questions(question_id)
);

create table questions (
  question_id uuid not null,
  room_id uuid not null,
  person_id uuid not null,
  text text not null,
  state text not null,
  votes integer not null,
  asked_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  PRIMARY KEY (question_id),
  CHECK (state = ANY (ARRAY['open'::text, 'answered'::text, 'removed'::text])),
  CHECK (length(text) >= 1 AND length(text) <= 200),
  CHECK (votes >= 0),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
) with (fillfactor=70);
create index questions_of_room on questions USING btree (room_id, state, votes DESC, question_id);

create table reports (
  report_id uuid not null,
  case_id uuid not null,
  reporter_key text not null,
  reporter_id uuid,
  network_key text not null,
  reason text not null,
  details text not null,
  reported_at timestamp(3) with time zone not null,
  place text not null,
  PRIMARY KEY (report_id),
  UNIQUE (case_id, reporter_key),
  CHECK (length(details) <= 2000),
  CHECK (length(place) <= 300),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  FOREIGN KEY (reporter_id) REFERENCES people(person_id)
);

create table room_events (
  event_id uuid not null,
  seq bigint generated always as identity not null,
  room_id uuid not null,
  type text not null,
  person_id uuid,
  data jsonb not null,
  happened_at timestamp(3) with time zone not null,
  media_at timestamp(3) with time zone not null,
  deleted_at timestamp(3) with time zone,
  deleted_by uuid,
  PRIMARY KEY (event_id),
  CHECK (type = ANY (ARRAY['chat'::text, 'gift'::text, 'pin'::text, 'unpin'::text, 'purchase'::text, 'poll'::text, 'poll.closed'::text, 'note'::text, 'caption'::text, 'question'::text, 'cohost'::text])),
  FOREIGN KEY (deleted_by) REFERENCES people(person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
);
create index room_events_by_media_time on room_events USING btree (room_id, media_at, seq) WHERE (deleted_at IS NULL);
create index room_events_by_type on room_events USING btree (room_id, type, seq DESC) WHERE (deleted_at IS NULL);
create index room_events_of_person on room_events USING btree (person_id, happened_at DESC);

create table room_handovers (
  from_room_id uuid not null,
  to_room_id uuid not null,
  handed_at timestamp(3) with time zone not null,
  PRIMARY KEY (from_room_id),
  CHECK (from_room_id <> to_room_id),
  FOREIGN KEY (from_room_id) REFERENCES rooms(room_id),
  FOREIGN KEY (to_room_id) REFERENCES rooms(room_id)
);
create index room_handovers_to on room_handovers USING btree (to_room_id);

create table room_moderators (
  host_id uuid not null,
  person_id uuid not null,
  named_at timestamp(3) with time zone not null,
  PRIMARY KEY (host_id, person_id),
  CHECK (host_id <> person_id),
  FOREIGN KEY (host_id) REFERENCES people(person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);

create table room_samples (
  room_id uuid not null,
  minute_at timestamp(3) with time zone not null,
  viewers integer not null,
  PRIMARY KEY (room_id, minute_at),
  CHECK (viewers >= 0),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id)
) with (fillfactor=70);

create table room_starts (
  room_id uuid not null,
  host_id uuid not null,
  schedule_id uuid,
  occurs_at timestamp(3) with time zone,
  opened_at timestamp(3) with time zone not null,
  announced_at timestamp(3) with time zone,
  PRIMARY KEY (room_id),
  CHECK ((schedule_id IS NULL) = (occurs_at IS NULL)),
  FOREIGN KEY (host_id) REFERENCES people(person_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id),
  FOREIGN KEY (schedule_id) REFERENCES schedules(schedule_id)
);
create index room_starts_of_host on room_starts USING btree (host_id, announced_at DESC) WHERE (announced_at IS NOT NULL);
create index room_starts_of_schedule on room_starts USING btree (schedule_id, opened_at DESC);
create unique index room_starts_announced on room_starts USING btree (schedule_id, occurs_at) WHERE (announced_at IS NOT NULL);

create table rooms (
  room_id uuid not null,
  host_id uuid not null,
  title text not null,
  language text not null,
  stream_id uuid not null,
  state text not null,
  is_demo boolean not null,
  likes bigint default 0 not null,
  viewers_peak integer default 0 not null,
  created_at timestamp(3) with time zone not null,
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  end_reason text,
  poster text,
  away_since timestamp(3) with time zone,
  PRIMARY KEY (room_id),
  UNIQUE (stream_id),
  CHECK ((state = 'preparing'::text) = (started_at IS NULL) OR state = 'ended'::text),
  CHECK ((state = 'ended'::text) = (ended_at IS NOT NULL)),
  CHECK ((state = 'ended'::text) = (end_reason IS NOT NULL)),
  CHECK (end_reason = ANY (ARRAY['host'::text, 'host_gone'::text, 'moderation'::text])),
  CHECK (language ~ '^[a-z]{2}$'::text),
  CHECK (likes >= 0),
  CHECK (poster ~ '^[0-9a-f-]{36}\.webp$'::text),
  CHECK (state = ANY (ARRAY['preparing'::text, 'live'::text, 'ended'::text])),
  CHECK (length(title) >= 1 AND length(title) <= 100),
  CHECK (viewers_peak >= 0),
  FOREIGN KEY (host_id) REFERENCES people(person_id),
  FOREIGN KEY (stream_id) REFERENCES streams(stream_id)
) with (fillfactor=70);
create index rooms_ended on rooms USING btree (ended_at DESC, room_id DESC) WHERE ((state = 'ended'::text) AND (started_at IS NOT NULL));
create index rooms_live on rooms USING btree (started_at DESC, room_id DESC) WHERE (state = 'live'::text);
create index rooms_of_host on rooms USING btree (host_id, created_at DESC);
create unique index rooms_open_of_host on rooms USING btree (host_id) WHERE (state <> 'ended'::text);

create table sanctions (
  sanction_id uuid not null,
  person_id uuid not null,
  kind text not null,
  reason text not null,
  from_at timestamp(3) with time zone not null,
  until_at timestamp(3) with time zone not null,
  imposed_by uuid not null,
  lifted_at timestamp(3) with time zone,
  lifted_by uuid,
  PRIMARY KEY (sanction_id),
  CHECK (until_at > from_at),
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
  CHECK (kind = 'suspended'::text),
  FOREIGN KEY (imposed_by) REFERENCES people(person_id),
  FOREIGN KEY (lifted_by) REFERENCES people(person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index sanctions_of_person on sanctions USING btree (person_id, until_at DESC);

create table schedule_reminders (
  schedule_id uuid not null,
  person_id uuid not null,
  asked_at timestamp(3) with time zone not null,
  PRIMARY KEY (schedule_id, person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (schedule_id) REFERENCES schedules(schedule_id)
);
create index schedule_reminders_of_person on schedule_reminders USING btree (person_id);

create table schedules (
  schedule_id uuid not null,
  host_id uuid not null,
  title text not null,
  about text not null,
  language text not null,
  local_time text not null,
  zone text not null,
  repeat text not null,
  starts_at timestamp(3) with time zone not null,
  picture text,
  things jsonb not null,
  state text not null,
  revision integer not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  PRIMARY KEY (schedule_id),
  CHECK (length(about) <= 1000),
  CHECK (language ~ '^[a-z]{2}$'::text),
  CHECK (local_time ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$'::text),
  CHECK (repeat = ANY (ARRAY['none'::text, 'daily'::text, 'weekly'::text])),
  CHECK (state = ANY (ARRAY['planned'::text, 'over'::text, 'cancelled'::text])),
  CHECK (length(title) >= 1 AND length(title) <= 100),
  FOREIGN KEY (host_id) REFERENCES people(person_id)
);
create index schedules_of_host on schedules USING btree (host_id, starts_at);
create index schedules_upcoming on schedules USING btree (starts_at, schedule_id) WHERE (state = 'planned'::text);

create table served_pages (
  served_id uuid not null,
  viewer_id uuid not null,
  served_at timestamp(3) with time zone not null,
  weights text not null,
  thing_ids uuid[] not null,
  creator_ids uuid[] not null,
  news boolean[] not null,
  items jsonb not null,
  sold text[] default '{}'::text[] not null,
  PRIMARY KEY (served_id)
);
create index served_by_age on served_pages USING brin (served_at);
create index served_to_viewer on served_pages USING btree (viewer_id, served_at DESC);

create table sounds (
  sound_id uuid not null,
  video_id uuid not null,
  owner_id uuid not null,
  title text not null,
  created_at timestamp(3) with time zone not null,
  withdrawn_at timestamp(3) with time zone,
  PRIMARY KEY (sound_id),
  UNIQUE (video_id),
  CHECK (length(title) >= 1 AND length(title) <= 100),
  FOREIGN KEY (owner_id) REFERENCES people(person_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index sounds_of_owner on sounds USING btree (owner_id, created_at DESC);

create table spending (
  person_id uuid not null,
  day_on date not null,
  day_coins bigint not null,
  month_on date not null,
  month_coins bigint not null,
  day_limit_minor bigint,
  month_limit_minor bigint,
  wider_day_limit_minor bigint,
  wider_month_limit_minor bigint,
  wider_from timestamp(3) with time zone,
  PRIMARY KEY (person_id),
  CHECK (day_coins >= 0),
  CHECK (day_limit_minor >= 0),
  CHECK (month_coins >= 0),
  CHECK (month_limit_minor >= 0),
  CHECK (wider_day_limit_minor >= 0),
  CHECK (wider_month_limit_minor >= 0),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
) with (fillfactor=50);

create table stock (
  variant_id uuid not null,
  on_hand integer not null,
  reserved integer default 0 not null,
  sold integer default 0 not null,
  PRIMARY KEY (variant_id),
  CHECK (reserved >= 0 AND reserved <= on_hand),
  CHECK (on_hand >= 0),
  CHECK (sold >= 0),
  FOREIGN KEY (variant_id) REFERENCES variants(variant_id)
) with (fillfactor=50);

create table stock_changes (
  change_id uuid not null,
  variant_id uuid not null,
  change integer not null,
  reason text not null,
  person_id uuid not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (change_id),
  CHECK (change <> 0),
  CHECK (length(reason) >= 1 AND length(reason) <= 200),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (variant_id) REFERENCES variants(variant_id)
);
create index stock_changes_of_variant on stock_changes USING btree (variant_id, changed_at DESC);

create table stream_low_runs (
  stream_id uuid not null,
  run integer not null,
  tracks jsonb not null,
  codecs text not null,
  width integer not null,
  height integer not null,
  seq integer,
  bytes integer,
  spans jsonb,
  peak_bits_per_s integer not null,
  PRIMARY KEY (stream_id, run),
  FOREIGN KEY (stream_id, run) REFERENCES stream_runs(stream_id, run)
) with (fillfactor=50);

create table stream_runs (
  stream_id uuid not null,
  run integer not null,
  run_id uuid not null,
  publisher_id uuid not null,
  key_version integer not null,
  tracks jsonb not null,
  codecs text not null,
  width integer not null,
  height integer not null,
  opened_at timestamp(3) with time zone not null,
  layout integer,
  discontinuity integer,
  anchor_at timestamp(3) with time zone,
  first_tick bigint,
  ends jsonb,
  media_ms bigint not null,
  peak_bits_per_s integer not null,
  PRIMARY KEY (stream_id, run),
  UNIQUE (stream_id, run_id),
  FOREIGN KEY (stream_id) REFERENCES streams(stream_id)
) with (fillfactor=50);

create table stream_segments (
  stream_id uuid not null,
  seq integer not null,
  run integer not null,
  starts_at timestamp(3) with time zone not null,
  duration_ms integer not null,
  bytes integer not null,
  PRIMARY KEY (stream_id, seq),
  FOREIGN KEY (stream_id, run) REFERENCES stream_runs(stream_id, run)
);

create table stream_sources (
  stream_id uuid not null,
  provider text not null,
  url text not null,
  edge_seq bigint,
  edge_at timestamp(3) with time zone,
  source_clock boolean,
  looked_at timestamp(3) with time zone,
  fault text,
  PRIMARY KEY (stream_id),
  CHECK (provider = 'external_hls'::text),
  CHECK (length(url) >= 12 AND length(url) <= 2000),
  FOREIGN KEY (stream_id) REFERENCES streams(stream_id)
) with (fillfactor=70);

create table streams (
  stream_id uuid not null,
  owner_id uuid not null,
  is_protected boolean not null,
  key_hash bytea not null,
  key_version integer not null,
  created_at timestamp(3) with time zone not null,
  run integer not null,
  next_seq integer not null,
  bytes bigint not null,
  started_at timestamp(3) with time zone,
  last_segment_at timestamp(3) with time zone,
  silent_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  purged_at timestamp(3) with time zone,
  is_rehearsal boolean default false not null,
  PRIMARY KEY (stream_id),
  FOREIGN KEY (owner_id) REFERENCES people(person_id)
) with (fillfactor=50);
create index streams_kept on streams USING btree (ended_at) WHERE (purged_at IS NULL);
create index streams_rehearsed on streams USING btree (owner_id) WHERE is_rehearsal;
create index streams_running on streams USING btree (last_segment_at) WHERE ((ended_at IS NULL) AND (silent_at IS NULL));

create table tips (
  tip_id uuid not null,
  sender_id uuid not null,
  receiver_id uuid not null,
  subject_kind text not null,
  subject_id uuid,
  market text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  fee_minor bigint not null,
  fee_vat_minor bigint not null,
  vat_bps integer not null,
  state text not null,
  attempt_id uuid not null,
  request_key text not null,
  body_hash text not null,
  created_at timestamp(3) with time zone not null,
  paid_at timestamp(3) with time zone,
  closed_at timestamp(3) with time zone,
  PRIMARY KEY (tip_id),
  UNIQUE (attempt_id),
  CHECK (amount_minor > 0),
  CHECK (fee_vat_minor >= 0 AND fee_vat_minor <= fee_minor),
  CHECK (sender_id <> receiver_id),
  CHECK ((subject_kind = 'person'::text) = (subject_id IS NULL)),
  CHECK ((state = ANY (ARRAY['paid'::text, 'reversed'::text])) = (paid_at IS NOT NULL)),
  CHECK (fee_minor >= 0),
  CHECK (state = ANY (ARRAY['unpaid'::text, 'paid'::text, 'failed'::text, 'reversed'::text])),
  CHECK (subject_kind = ANY (ARRAY['person'::text, 'room'::text, 'video'::text])),
  FOREIGN KEY (receiver_id) REFERENCES people(person_id),
  FOREIGN KEY (sender_id) REFERENCES people(person_id)
);
create index tips_of_receiver on tips USING btree (receiver_id, paid_at) WHERE (state = ANY (ARRAY['paid'::text, 'reversed'::text]));
create index tips_of_sender on tips USING btree (sender_id, created_at);
create unique index tips_by_key on tips USING btree (sender_id, request_key);

create table top_ups (
  top_up_id uuid not null,
  person_id uuid not null,
  market character(2) not null,
  coins bigint not null,
  total_minor bigint not null,
  vat_minor bigint not null,
  vat_bps integer not null,
  currency character(3) not null,
  state text not null,
  attempt_id uuid not null,
  request_key text not null,
  body_hash text not null,
  created_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  PRIMARY KEY (top_up_id),
  UNIQUE (attempt_id),
  UNIQUE (person_id, request_key),
  CHECK (vat_minor >= 0 AND vat_minor <= total_minor),
  CHECK (coins > 0),
  CHECK (state = ANY (ARRAY['unpaid'::text, 'paid'::text, 'failed'::text])),
  CHECK (total_minor > 0),
  CHECK (vat_bps >= 0 AND vat_bps <= 10000),
  FOREIGN KEY (attempt_id) REFERENCES payment_attempts(attempt_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
) with (fillfactor=80);

create table uploads (
  upload_id uuid not null,
  owner_id uuid not null,
  file_name text not null,
  size_bytes bigint not null,
  state text not null,
  refusal text,
  created_at timestamp(3) with time zone not null,
  received_at timestamp(3) with time zone,
  expires_at timestamp(3) with time zone not null,
  rendition integer default 0 not null,
  of_upload_id uuid,
  attempts integer default 0 not null,
  PRIMARY KEY (upload_id),
  CHECK ((state = 'refused'::text) = (refusal IS NOT NULL)),
  CHECK ((rendition = 0) = (of_upload_id IS NULL)),
  CHECK (length(file_name) >= 1 AND length(file_name) <= 200),
  CHECK (rendition >= 0 AND rendition <= 1),
  CHECK (size_bytes > 0),
  CHECK (state = ANY (ARRAY['receiving'::text, 'packaging'::text, 'packaged'::text, 'refused'::text])),
  FOREIGN KEY (of_upload_id) REFERENCES uploads(upload_id),
  FOREIGN KEY (owner_id) REFERENCES people(person_id)
) with (fillfactor=50);
create index uploads_beside on uploads USING btree (of_upload_id) WHERE (of_upload_id IS NOT NULL);
create index uploads_expiring on uploads USING btree (expires_at) WHERE (state = 'receiving'::text);
create index uploads_of_owner on uploads USING btree (owner_id, created_at DESC);
create index uploads_waiting on uploads USING btree (received_at) WHERE (state = 'packaging'::text);

create table variants (
  variant_id uuid not null,
  product_id uuid not null,
  position integer not null,
  option_values text[] default '{}'::text[] not null,
  sku text,
  price_minor bigint not null,
  currency character(3) not null,
  created_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone,
  PRIMARY KEY (variant_id),
  CHECK (price_minor >= 1 AND price_minor <= 100000000),
  FOREIGN KEY (product_id) REFERENCES products(product_id)
);
create index variants_of_product on variants USING btree (product_id, "position");

create table video_captions (
  video_id uuid not null,
  language text not null,
  cues jsonb not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (video_id, language),
  CHECK (language ~ '^[a-z]{2}$'::text),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);

create table video_counts (
  video_id uuid not null,
  views bigint default 0 not null,
  likes integer default 0 not null,
  comments integer default 0 not null,
  shares integer default 0 not null,
  saves integer default 0 not null,
  PRIMARY KEY (video_id),
  CHECK (comments >= 0),
  CHECK (likes >= 0),
  CHECK (saves >= 0),
  CHECK (shares >= 0),
  CHECK (views >= 0),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
) with (fillfactor=50);

create table video_hours (
  video_id uuid not null,
  hour_at timestamp(3) with time zone not null,
  starts bigint not null,
  views bigint not null,
  held bigint not null,
  completions bigint not null,
  skips bigint not null,
  watched_ms bigint not null,
  PRIMARY KEY (video_id, hour_at),
  CHECK (completions >= 0),
  CHECK (held >= 0),
  CHECK (skips >= 0),
  CHECK (starts >= 0),
  CHECK (views >= 0),
  CHECK (watched_ms >= 0)
) with (fillfactor=50);
create index video_hours_by_hour on video_hours USING btree (hour_at);

create table video_likes (
  video_id uuid not null,
  person_id uuid not null,
  liked_at timestamp(3) with time zone not null,
  PRIMARY KEY (video_id, person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index likes_of_person on video_likes USING btree (person_id, liked_at DESC, video_id DESC);

create table video_links (
  video_id uuid not null,
  product_id uuid not null,
  from_ms integer not null,
  added_at timestamp(3) with time zone not null,
  removed_at timestamp(3) with time zone,
  PRIMARY KEY (video_id, product_id),
  CHECK (from_ms >= 0),
  FOREIGN KEY (product_id) REFERENCES products(product_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index links_of_product on video_links USING btree (product_id) WHERE (removed_at IS NULL);

create table video_mentions (
  video_id uuid not null,
  person_id uuid not null,
  PRIMARY KEY (video_id, person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index mentions_of_person on video_mentions USING btree (person_id, video_id);

create table video_saves (
  video_id uuid not null,
  person_id uuid not null,
  saved_at timestamp(3) with time zone not null,
  PRIMARY KEY (video_id, person_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index saves_of_person on video_saves USING btree (person_id, saved_at DESC, video_id DESC);

create table video_shares (
  video_id uuid not null,
  person_id uuid not null,
  sent_to text not null,
  shared_at timestamp(3) with time zone not null,
  PRIMARY KEY (video_id, person_id, sent_to),
  CHECK (sent_to = ANY (ARRAY['link'::text, 'embed'::text, 'message'::text, 'card'::text])),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index shares_of_person on video_shares USING btree (person_id);

create table video_standings (
  video_id uuid not null,
  starts bigint not null,
  held bigint not null,
  skips bigint not null,
  trend_rank bigint not null,
  changed_at timestamp(3) with time zone not null,
  PRIMARY KEY (video_id),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
) with (fillfactor=70);
create index video_standings_trending on video_standings USING btree (trend_rank DESC, video_id);

create table video_tags (
  video_id uuid not null,
  tag text not null,
  PRIMARY KEY (tag, video_id),
  CHECK (length(tag) >= 1 AND length(tag) <= 60),
  FOREIGN KEY (video_id) REFERENCES videos(video_id)
);
create index tags_of_video on video_tags USING btree (video_id);

create table videos (
  video_id uuid not null,
  person_id uuid not null,
  package_id uuid,
  upload_id uuid not null,
  state text not null,
  caption text default ''::text not null,
  language text not null,
  visibility text default 'everyone'::text not null,
  who_comments text default 'everyone'::text not null,
  may_duet boolean default true not null,
  cover text,
  duration_ms integer,
  width integer,
  height integer,
  has_sound boolean,
  sound_id uuid,
  duet_of uuid,
  is_demo boolean default false not null,
  created_at timestamp(3) with time zone not null,
  publish_at timestamp(3) with time zone,
  published_at timestamp(3) with time zone,
  hidden_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone,
  purged_at timestamp(3) with time zone,
  PRIMARY KEY (video_id),
  UNIQUE (package_id),
  CHECK (length(caption) <= 2200),
  CHECK (state <> 'published'::text OR published_at IS NOT NULL AND package_id IS NOT NULL AND duration_ms IS NOT NULL),
  CHECK ((state = 'scheduled'::text) = (publish_at IS NOT NULL AND published_at IS NULL)),
  CHECK (cover ~ '^[0-9a-f-]{36}\.webp$'::text),
  CHECK (duration_ms > 0),
  CHECK (language ~ '^[a-z]{2}$'::text),
  CHECK (state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'published'::text])),
  CHECK (visibility = ANY (ARRAY['everyone'::text, 'followers'::text, 'friends'::text, 'me'::text])),
  CHECK (who_comments = ANY (ARRAY['everyone'::text, 'followers'::text, 'friends'::text, 'nobody'::text])),
  FOREIGN KEY (duet_of) REFERENCES videos(video_id),
  FOREIGN KEY (package_id) REFERENCES packages(package_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id),
  FOREIGN KEY (sound_id) REFERENCES sounds(sound_id),
  FOREIGN KEY (upload_id) REFERENCES uploads(upload_id)
) with (fillfactor=70);
create index videos_drafts on videos USING btree (person_id, created_at DESC) WHERE ((state <> 'published'::text) AND (deleted_at IS NULL));
create index videos_duets on videos USING btree (duet_of, published_at DESC) WHERE (duet_of IS NOT NULL);
create index videos_new on videos USING btree (published_at DESC, video_id DESC) WHERE ((state = 'published'::text) AND (visibility = 'everyone'::text) AND (deleted_at IS NULL) AND (hidden_at IS NULL));
create index videos_of_person on videos USING btree (person_id, published_at DESC, video_id DESC) WHERE ((state = 'published'::text) AND (deleted_at IS NULL));
create index videos_of_sound on videos USING btree (sound_id, published_at DESC) WHERE ((state = 'published'::text) AND (deleted_at IS NULL));
create index videos_scheduled on videos USING btree (publish_at) WHERE ((state = 'scheduled'::text) AND (deleted_at IS NULL));
create index videos_to_purge on videos USING btree (deleted_at) WHERE ((deleted_at IS NOT NULL) AND (purged_at IS NULL));
create unique index videos_of_upload on videos USING btree (upload_id);

create table watches (
  session_id uuid not null,
  video_id uuid not null,
  person_id uuid,
  last_seq bigint not null,
  watched_ms bigint not null,
  loops integer not null,
  is_complete boolean not null,
  is_skipped boolean not null,
  counted_at timestamp(3) with time zone,
  held_at timestamp(3) with time zone,
  began_at timestamp(3) with time zone not null,
  last_at timestamp(3) with time zone not null,
  visit_id uuid,
  PRIMARY KEY (session_id, video_id),
  CHECK (loops >= 0),
  CHECK (watched_ms >= 0),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
) with (fillfactor=50);
create index watches_by_age on watches USING brin (began_at);
create index watches_held on watches USING btree (held_at, session_id, video_id) WHERE (held_at IS NOT NULL);
create index watches_of_person on watches USING btree (person_id, began_at DESC, video_id) WHERE (person_id IS NOT NULL);

create table withdrawals (
  withdrawal_id uuid not null,
  lot_id uuid not null,
  person_id uuid not null,
  coins bigint not null,
  net_minor bigint not null,
  vat_minor bigint not null,
  currency character(3) not null,
  refund_id uuid,
  state text not null,
  withdrawn_at timestamp(3) with time zone not null,
  refunded_at timestamp(3) with time zone,
  PRIMARY KEY (withdrawal_id),
  UNIQUE (refund_id),
  CHECK (coins > 0),
  CHECK (net_minor >= 0),
  CHECK (state = ANY (ARRAY['refunding'::text, 'refunded'::text])),
  CHECK (vat_minor >= 0),
  FOREIGN KEY (lot_id) REFERENCES lots(lot_id),
  FOREIGN KEY (person_id) REFERENCES people(person_id)
);
create index withdrawals_of_person on withdrawals USING btree (person_id, withdrawn_at DESC, withdrawal_id DESC);

create table auth.accounts (
  id uuid not null,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp(3) with time zone,
  refresh_token_expires_at timestamp(3) with time zone,
  scope text,
  password text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  PRIMARY KEY (id),
  UNIQUE (provider_id, account_id),
  FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
create index accounts_of_user on auth.accounts USING btree (user_id);

create table auth.passkeys (
  id uuid not null,
  user_id uuid not null,
  name text,
  credential_id text not null,
  public_key text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamp(3) with time zone not null,
  PRIMARY KEY (id),
  UNIQUE (credential_id),
  FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
create index passkeys_of_user on auth.passkeys USING btree (user_id);

create table auth.sessions (
  id uuid not null,
  token text not null,
  user_id uuid not null,
  expires_at timestamp(3) with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  PRIMARY KEY (id),
  UNIQUE (token),
  FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);
create index sessions_of_user on auth.sessions USING btree (user_id);

create table auth.two_factors (
  id uuid not null,
  user_id uuid not null,
  secret text not null,
  backup_codes text not null,
  verified boolean not null,
  failed_count integer default 0 not null,
  locked_until timestamp(3) with time zone,
  PRIMARY KEY (id),
  UNIQUE (user_id),
  FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);

create table auth.users (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean not null,
  image text,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  two_factor_enabled boolean default false not null,
  PRIMARY KEY (id),
  UNIQUE (email),
  CHECK (email = lower(email))
);

create table auth.verifications (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone not null,
  updated_at timestamp(3) with time zone not null,
  PRIMARY KEY (id)
);
create index verifications_by_identifier on auth.verifications USING btree (identifier);

CREATE OR REPLACE FUNCTION public.refuse_rewriting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$;
