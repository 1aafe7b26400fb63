drop index ${concurrently} if exists settlement_defaulter;
create index ${concurrently} settlement_defaulter on settlement (payer, asset, recipient, created_at) where defaulted;
drop index ${concurrently} if exists settlement_given_back;
create index ${concurrently} settlement_given_back on settlement (given_back_by) where given_back_by is not null;
