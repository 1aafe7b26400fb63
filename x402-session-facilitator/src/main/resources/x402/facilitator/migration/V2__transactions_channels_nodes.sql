-- One transaction may carry several settlements, any node may follow it to its end, and channel accounts give it
-- its sequence number.

create table facilitator_node (
    id          varchar(36) not null primary key,
    alive_until bigint      not null
);

create table channel (
    address      varchar(56) not null primary key,
    spender      varchar(56) not null,
    slot         integer     not null,
    sequence     bigint,
    lease        varchar(36),
    leased_until bigint      not null default 0,
    last_used    bigint      not null default 0,
    constraint one_channel_per_slot unique (spender, slot)
);

create table chain_transaction (
    hash             varchar(64)  not null primary key,
    envelope         text         not null,
    source           varchar(56)  not null,
    sequence         bigint       not null,
    max_time         bigint       not null,
    submitted_ledger bigint       not null,
    status           varchar(16)  not null check (status in ('OPEN', 'OVER', 'CONFIRMED', 'FAILED', 'DEAD')),
    ledger           bigint,
    node             varchar(36),
    created_at       bigint       not null,
    updated_at       bigint       not null
);

insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status, ledger, created_at, updated_at)
select tx_hash, envelope, source, sequence, max_time, submitted_ledger,
    case when status <> 'SUBMITTED' then status
        when row_number() over (partition by source, status order by created_at desc) = 1 then 'OPEN'
        else 'OVER' end,
    ledger, created_at, updated_at
from settlement where tx_hash is not null;

-- The network takes one pending transaction of an account. An OVER one cannot be applied any more, though it may have been.
create unique index one_open_transaction_per_source on chain_transaction (source) where status = 'OPEN';
create index chain_transaction_status on chain_transaction (status);

create table settlement_of_transaction (
    id            varchar(36)  not null primary key,
    session_id    varchar(36)  not null references payment_session (id),
    asset         varchar(56)  not null,
    payer         varchar(56)  not null,
    recipient     varchar(56)  not null,
    amount        bigint       not null check (amount > 0),
    status        varchar(16)  not null
        check (status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'FAILED', 'DEAD', 'RELEASED')),
    tx_hash       varchar(64)  references chain_transaction (hash),
    node          varchar(36),
    ledger        bigint,
    note          varchar(200),
    payment_id    varchar(128),
    payment_terms varchar(64),
    created_at    bigint       not null,
    updated_at    bigint       not null,
    constraint written_down_before_sent check (status in ('RESERVED', 'RELEASED') or tx_hash is not null)
);

insert into settlement_of_transaction (id, session_id, asset, payer, recipient, amount, status, tx_hash, ledger, note,
    payment_id, payment_terms, created_at, updated_at)
select id, session_id, asset, payer, recipient, amount, status, tx_hash, ledger, note,
    payment_id, payment_terms, created_at, updated_at
from settlement;

drop table settlement;
alter table settlement_of_transaction rename to settlement;

create index settlement_session on settlement (session_id);
create unique index one_settlement_per_payment on settlement (session_id, payment_id)
    where status in ('RESERVED', 'SUBMITTED', 'CONFIRMED');
create index settlement_status on settlement (status);
create index settlement_tx_hash on settlement (tx_hash);
