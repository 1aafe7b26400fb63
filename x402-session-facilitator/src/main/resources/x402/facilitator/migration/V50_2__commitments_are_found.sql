-- A payment identifier pays at most once, by a commitment too, whatever becomes of that.
drop index ${concurrently} if exists one_settlement_per_identifier;
create unique index ${concurrently} one_settlement_per_identifier on settlement (session_id, payment_id)
    where status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF');
drop index ${concurrently} if exists one_settlement_per_payment;

-- What is to be redeemed, and what was not.
drop index ${concurrently} if exists settlement_committed;
create index ${concurrently} settlement_committed on settlement (payer, asset, recipient, created_at) where status = 'COMMITTED';
drop index ${concurrently} if exists settlement_defaulted;
create index ${concurrently} settlement_defaulted on settlement (payer) where status in ('DEFAULTED', 'WRITTEN_OFF');

-- What a balance that was read in a ledger does not know of yet: what is open, and what a later ledger has paid.
drop index ${concurrently} if exists payment_session_reserving;
create index ${concurrently} payment_session_reserving on payment_session (payer, asset) where reserved > 0;
drop index ${concurrently} if exists settlement_paid;
create index ${concurrently} settlement_paid on settlement (payer, asset, ledger) where status = 'CONFIRMED';

-- The pages of a recipient, and the changes that have no number yet.
drop index ${concurrently} if exists settlement_of_recipient;
create index ${concurrently} settlement_of_recipient on settlement (recipient, change_number, updated_at, id);
