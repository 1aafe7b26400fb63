-- Why a session pays nothing more (superseded says that it does not), and the last ledger that a later approve has left
-- it, where that is before its own.
alter table payment_session add column end_reason varchar(16);
alter table payment_session add column last_ledger bigint;
