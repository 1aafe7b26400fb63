-- The ledger in which a commitment's payer had what it promised: none before that proves that it cannot pay.
alter table settlement add column funds_ledger bigint;
