-- Who registers a session holds the allowance that it takes of, so that several nodes decide one after the other.

create table allowance_lock (
    payer   varchar(56) not null,
    spender varchar(56) not null,
    asset   varchar(56) not null,
    taken   bigint      not null default 0,
    primary key (payer, spender, asset)
);
