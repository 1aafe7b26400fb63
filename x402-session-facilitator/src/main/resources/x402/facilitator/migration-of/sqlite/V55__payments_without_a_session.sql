-- A payment of a scheme without sessions belongs to an account that has a name and nothing else here, and may have a second name
-- of its own. Its recipient may be a muxed address, which SQLite takes whatever a column's length.
alter table settlement add column account varchar(64)
    check (account is null or session_id is null);
alter table settlement add column payment_alias varchar(128);
