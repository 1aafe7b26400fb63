-- A payment of an account is made once under each of its names. A node of the version before forgets the first one only, which
-- frees both.
drop index ${concurrently} if exists one_settlement_per_account_identifier;
create unique index ${concurrently} one_settlement_per_account_identifier on settlement (account, payment_id)
    where account is not null and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF');
drop index ${concurrently} if exists one_settlement_per_alias;
create unique index ${concurrently} one_settlement_per_alias on settlement (account, payment_alias)
    where payment_alias is not null and payment_id is not null
    and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF');

-- What payers are paying without a session.
drop index ${concurrently} if exists settlement_paying;
create index ${concurrently} settlement_paying on settlement (payer, asset) where account is not null and status in ('RESERVED', 'SUBMITTED');

-- Whether there are any is asked with every comparison of the books with the chain.
drop index ${concurrently} if exists settlement_of_account;
create index ${concurrently} settlement_of_account on settlement (account) where account is not null;
