-- A channel whose account has too few lumens for a fee is not handed out until it has enough.
alter table channel add column solvent boolean not null default true;
