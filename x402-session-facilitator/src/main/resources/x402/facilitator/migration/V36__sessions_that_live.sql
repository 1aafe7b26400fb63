-- The sessions that live are held against the chain in turns, one allowance after the other.
drop index ${concurrently} if exists payment_session_live;
create index ${concurrently} payment_session_live on payment_session (spender, payer, asset, expiration_ledger) where not superseded;
