-- Books are compared with the chain from the oldest transaction to the newest, some at a time.
drop index ${concurrently} if exists chain_transaction_age;
create index ${concurrently} chain_transaction_age on chain_transaction (created_at, hash);
