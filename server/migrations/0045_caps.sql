-- What one account may hold unpaid, and how often it may try to pay (FAULTS B3, B16): counted by index, never by scan.
create index orders_held on orders (buyer_id) where reserved_until is not null;
create index orders_let_go on orders (buyer_id, closed_at)
  where state = 'cancelled' and paid_at is null and reason in ('expired', 'cancelled_by_buyer');
create index payment_attempts_of_payer on payment_attempts (person_id, state, changed_at)
  where state in ('captured', 'declined');
create index payment_attempts_decided on payment_attempts (state, changed_at) where state in ('captured', 'declined');
create index payment_attempts_top_ups on payment_attempts (person_id, created_at) where purpose = 'top_up';
