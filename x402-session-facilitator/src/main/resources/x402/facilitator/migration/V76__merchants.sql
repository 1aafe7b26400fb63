-- Merchants: resource servers that the operator has made here, besides those of the configuration. Lists are separated by blanks,
-- and empty where anything goes. Limits are base units of each asset; absent where there is none. Times are the database's.
create table merchant (
    id            varchar(16)   not null primary key,
    name          varchar(64)   not null unique,
    assets        varchar(1200) not null,
    schemes       varchar(64)   not null,
    most_per_call bigint,
    most_per_day  bigint,
    most_open     bigint,
    paused        boolean       not null default false,
    created_at    bigint        not null,
    updated_at    bigint        not null
);

-- A recipient is one merchant's.
create table merchant_recipient (
    recipient varchar(69) not null primary key,
    merchant  varchar(16) not null
);

-- The SHA-256 of a key, never the key.
create table merchant_key (
    id           varchar(16) not null primary key,
    merchant     varchar(16) not null,
    label        varchar(64) not null,
    hash         varchar(64) not null unique,
    created_at   bigint      not null,
    expires_at   bigint,
    revoked_at   bigint,
    last_used_at bigint
);

create index merchant_key_of on merchant_key (merchant);

-- How often any of them was changed. Whoever changes one takes this first; nodes look at it to know whether there is something new.
create table merchant_head (
    id      integer not null primary key check (id = 1),
    version bigint  not null
);

insert into merchant_head (id, version) values (1, 0);

-- Of what counts against the limit of a day: by whom it is counted in limit_use, and the end of that day.
alter table settlement add column limit_user varchar(80);
alter table settlement add column limit_until bigint;

-- How many payments the amount is made of, counted since this version.
alter table payment_day add column payments bigint not null default 0;
