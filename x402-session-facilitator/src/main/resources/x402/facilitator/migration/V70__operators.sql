-- A session that an operator has frozen pays nothing until it is let go.
alter table payment_session add column frozen boolean not null default false;

-- What operators have changed, one row after the other: each has the hash of the one before. Times are the database's.
create table audit_log (
    number   bigint       not null primary key,
    at       bigint       not null,
    who      varchar(100) not null,
    origin   varchar(100) not null,
    action   varchar(40)  not null,
    subject  varchar(200) not null,
    was      varchar(500),
    became   varchar(500),
    outcome  varchar(16)  not null,
    reason   varchar(500),
    about    bigint,
    previous varchar(64)  not null,
    hash     varchar(64)  not null
);

-- The last row of all. Whoever appends one takes this first, so that nodes make one chain.
create table audit_head (
    id     integer     not null primary key check (id = 1),
    number bigint      not null,
    hash   varchar(64) not null
);

insert into audit_head (id, number, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
