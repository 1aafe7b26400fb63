-- What has become of payments, a row for each event. Types that PostgreSQL, H2 and SQLite all know.
create table x402_journal (
    id              varchar(64)  not null,
    event           varchar(32)  not null,
    status          varchar(32)  not null,
    amount          varchar(39)  not null,
    asset           varchar(128) not null,
    network         varchar(64)  not null,
    tx              varchar(128),
    ledger          bigint,
    asked_at        bigint       not null,
    recorded_at     bigint       not null,
    payer           varchar(128),
    handle          varchar(64),
    deferred        boolean      not null,
    resource        varchar(2048),
    route           varchar(512),
    recipient       varchar(128),
    reason          varchar(128),
    identifier_hash varchar(64),
    primary key (id, event, status)
);

create index x402_journal_by_time on x402_journal (recorded_at, id, event, status);
