-- SQLite rather looks for "no identifier" in the unique index of identifiers, which holds all payments of a session that
-- have none, than in settlement_unnamed: unless there is an index with more of what is asked for.
drop index ${concurrently} if exists settlement_unnamed_terms;
create index ${concurrently} settlement_unnamed_terms on settlement (session_id, payment_id, payment_terms)
    where payment_id is null and payment_terms is not null and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED');
