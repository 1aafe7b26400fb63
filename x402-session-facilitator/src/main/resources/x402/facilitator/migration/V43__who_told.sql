-- By what a payment counts as told: only that is taken back where its answer did not arrive, nobody else's.
alter table settlement add column telling varchar(36);
