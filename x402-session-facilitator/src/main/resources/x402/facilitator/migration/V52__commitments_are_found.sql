-- A payment identifier pays at most once, by a commitment too, whatever becomes of that.
drop index ${concurrently} if exists one_settlement_per_identifier;
create unique index ${concurrently} one_settlement_per_identifier on settlement (session_id, payment_id)
    where status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF');
drop index ${concurrently} if exists one_settlement_per_payment;

-- What is to be given back, what is to be redeemed, what was not, and what is to be redeemed again.
drop index ${concurrently} if exists settlement_held;
create index ${concurrently} settlement_held on settlement (held_until) where held_until is not null;
drop index ${concurrently} if exists settlement_held_payment;
create index ${concurrently} settlement_held_payment on settlement (payment_id) where held_until is not null;
drop index ${concurrently} if exists settlement_committed;
create index ${concurrently} settlement_committed on settlement (payer, asset, recipient, created_at) where status = 'COMMITTED';
drop index ${concurrently} if exists settlement_defaulter;
create index ${concurrently} settlement_defaulter on settlement (payer, asset, recipient, created_at) where defaulted;
drop index ${concurrently} if exists settlement_given_back;
create index ${concurrently} settlement_given_back on settlement (given_back_by) where given_back_by is not null;

-- What a balance that was read in a ledger does not know of yet: what is open, and what a later ledger has paid.
drop index ${concurrently} if exists payment_session_reserving;
create index ${concurrently} payment_session_reserving on payment_session (payer, asset) where reserved > 0;
drop index ${concurrently} if exists settlement_paid;
create index ${concurrently} settlement_paid on settlement (payer, asset, ledger) where status = 'CONFIRMED';

-- The pages of a recipient, and the changes that have no number yet.
drop index ${concurrently} if exists settlement_numbered;
create index ${concurrently} settlement_numbered on settlement (recipient, change_number) where change_number is not null;
drop index ${concurrently} if exists settlement_unnumbered;
create index ${concurrently} settlement_unnumbered on settlement (recipient, updated_at, id) where change_number is null;
