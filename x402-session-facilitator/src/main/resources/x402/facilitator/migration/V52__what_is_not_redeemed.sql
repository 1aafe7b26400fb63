-- A payer who could not pay a commitment owes it whatever becomes of the transactions that collect it. What a transaction
-- gave back is known by it, should its end turn out to be another one.
alter table settlement add column defaulted boolean not null default false;
alter table settlement add column given_back_by varchar(64);
