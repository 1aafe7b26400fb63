-- Whatever looks for a session finds it by settlement_of_session, which begins with it: the other index only slows commitments.
drop index ${concurrently} if exists settlement_session;
