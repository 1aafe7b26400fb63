-- Every minute the chain is searched for transfers that the books lack: of whose sessions, and from where the first time.
drop index ${concurrently} if exists payment_session_payers;
create index ${concurrently} payment_session_payers on payment_session (expiration_ledger, payer);
drop index ${concurrently} if exists chain_transaction_submitted;
create index ${concurrently} chain_transaction_submitted on chain_transaction (submitted_ledger);
