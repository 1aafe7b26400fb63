-- Whether another transaction has used a number of an account is asked while one is open that nobody remembers.
drop index ${concurrently} if exists chain_transaction_number;
create index ${concurrently} chain_transaction_number on chain_transaction (source, sequence);
