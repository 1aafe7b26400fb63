-- A payment of a scheme without sessions belongs to an account that has a name and nothing else here, and may have a second name
-- of its own. Its recipient may be a muxed address. A node of the version before writes no such rows,
-- and ends those that it finds as all others.
alter table settlement
    add column account varchar(64),
    add column payment_alias varchar(128),
    alter column recipient type varchar(69),
    add constraint session_or_account check (account is null or session_id is null) not valid;

alter table recipient_changes alter column recipient type varchar(69);
alter table deferred_exposure alter column recipient type varchar(69);
alter table payment_day alter column recipient type varchar(69);
