-- A session is shown with its last calls, however many there were before.
drop index ${concurrently} if exists settlement_of_session;
create index ${concurrently} settlement_of_session on settlement (session_id, created_at desc, id);
