-- Whether somebody was told that a payment has settled: a server that keeps no track of identifiers hears it once. What
-- a node of the version before writes, or has written, counts as told.
alter table settlement add column told boolean not null default true;

-- Until when its caller waits for a payment without an identifier, whose terms are a hash of the whole payment: an equal
-- one that comes later, for a while, is that payment again.
alter table settlement add column waited_until bigint;
