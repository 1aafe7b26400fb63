-- The rows are read while everybody goes on.
alter table settlement validate constraint session_or_account;
