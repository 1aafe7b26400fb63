-- One dialect for SQLite and PostgreSQL. Amounts are base units, times are milliseconds since 1970.

create table payment_session (
    id                varchar(36)  not null primary key,
    token_hash        varchar(64)  not null unique,
    proven            boolean      not null,
    network           varchar(32)  not null,
    approval          varchar(64)  not null,
    approval_ledger   bigint       not null,
    payer             varchar(56)  not null,
    spender           varchar(56)  not null,
    asset             varchar(56)  not null,
    recipient         varchar(56)  not null,
    cap               bigint       not null check (cap > 0),
    spent             bigint       not null default 0 check (spent >= 0),
    reserved          bigint       not null default 0 check (reserved >= 0),
    expiration_ledger bigint       not null,
    superseded        boolean      not null default false,
    created_at        bigint       not null,
    updated_at        bigint       not null,
    constraint one_session_per_approval unique (network, approval),
    constraint within_cap check (reserved <= cap - spent)
);

create index payment_session_allowance on payment_session (payer, spender, asset);

create table settlement (
    id                varchar(36)  not null primary key,
    session_id        varchar(36)  not null references payment_session (id),
    asset             varchar(56)  not null,
    payer             varchar(56)  not null,
    recipient         varchar(56)  not null,
    amount            bigint       not null check (amount > 0),
    status            varchar(16)  not null
        check (status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'FAILED', 'DEAD', 'RELEASED')),
    tx_hash           varchar(64),
    envelope          text,
    source            varchar(56),
    sequence          bigint,
    max_time          bigint,
    submitted_ledger  bigint,
    ledger            bigint,
    note              varchar(200),
    payment_id        varchar(128),
    payment_terms     varchar(64),
    created_at        bigint       not null,
    updated_at        bigint       not null,
    constraint written_before_sent check (status in ('RESERVED', 'RELEASED') or (tx_hash is not null
        and envelope is not null and source is not null and sequence is not null and max_time is not null))
);

create index settlement_session on settlement (session_id);
-- A payment identifier pays at most once; what ended without moving money may be tried again.
create unique index one_settlement_per_payment on settlement (session_id, payment_id)
    where status in ('RESERVED', 'SUBMITTED', 'CONFIRMED');
create index settlement_status on settlement (status);
create index settlement_tx_hash on settlement (tx_hash);
