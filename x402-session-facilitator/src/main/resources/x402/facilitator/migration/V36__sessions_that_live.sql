-- The sessions that live are held against the chain in turns, one allowance after the other.
create index payment_session_live on payment_session (spender, payer, asset, expiration_ledger) where not superseded;
