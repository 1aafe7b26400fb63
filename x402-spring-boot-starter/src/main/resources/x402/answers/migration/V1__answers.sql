-- What payment identifiers were used for, a row for each. Types that PostgreSQL and SQLite both know; times are milliseconds by the database's clock.
create table x402_answer (
    id           varchar(64)  not null primary key,
    state        varchar(1),
    request      varchar(128) not null,
    details      bytea,
    token        varchar(36)  not null,
    leased_until bigint,
    expires_at   bigint       not null
);

create index x402_answer_by_expiry on x402_answer (expires_at);
