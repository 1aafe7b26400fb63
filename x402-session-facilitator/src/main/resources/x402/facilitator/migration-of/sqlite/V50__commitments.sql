-- A commitment is a settlement that a caller was told of before it is in any transaction. What SQLite cannot alter in a
-- table is made by a new one: nobody else has this file meanwhile.

create table settlement_or_commitment (
    id            varchar(36)  not null primary key,
    session_id    varchar(36)  references payment_session (id),
    asset         varchar(56)  not null,
    payer         varchar(56)  not null,
    recipient     varchar(56)  not null,
    amount        bigint       not null check (amount > 0),
    status        varchar(16)  not null check (status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'FAILED', 'DEAD', 'RELEASED',
        'HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF')),
    tx_hash       varchar(64)  references chain_transaction (hash),
    node          varchar(36),
    ledger        bigint,
    note          varchar(200),
    payment_id    varchar(128),
    payment_terms varchar(64),
    created_at    bigint       not null,
    updated_at    bigint       not null,
    told          boolean      not null default true,
    waited_until  bigint,
    telling       varchar(36),
    deferred      boolean      not null default false,
    settle_before bigint,
    -- Until when it is held for a payment of which nobody knows yet how much of it is asked for.
    held_until    bigint,
    -- The ledger in which its payer had what it promised: none before that proves that it cannot pay.
    funds_ledger  bigint,
    -- Whoever could not pay a commitment owes it whatever becomes of the transactions that collect it.
    defaulted     boolean      not null default false,
    -- What a transaction gave back is known by it, should its end turn out to be another one.
    given_back_by varchar(64),
    change_number bigint,
    constraint written_down_before_sent check (status in ('RESERVED', 'RELEASED')
        or (deferred and status in ('HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF')) or tx_hash is not null),
    constraint commitment_stands check (not deferred or status in ('HELD', 'COMMITTED', 'SUBMITTED', 'CONFIRMED',
        'DEFAULTED', 'WRITTEN_OFF', 'RELEASED')),
    constraint commitment_is_known check (status not in ('HELD', 'COMMITTED', 'DEFAULTED') or payment_id is not null),
    constraint held_for_a_time check ((status = 'HELD') = (held_until is not null))
);

insert into settlement_or_commitment (id, session_id, asset, payer, recipient, amount, status, tx_hash, node, ledger, note,
    payment_id, payment_terms, created_at, updated_at, told, waited_until, telling)
select id, session_id, asset, payer, recipient, amount, status, tx_hash, node, ledger, note,
    payment_id, payment_terms, created_at, updated_at, told, waited_until, telling
from settlement;

drop table settlement;
alter table settlement_or_commitment rename to settlement;

create index settlement_session on settlement (session_id);
create index settlement_status on settlement (status);
create index settlement_tx_hash on settlement (tx_hash);
create index settlement_identified on settlement (updated_at) where payment_id is not null;
create index settlement_of_session on settlement (session_id, created_at desc, id);
create index settlement_unnamed on settlement (session_id, payment_terms)
    where payment_id is null and payment_terms is not null and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED');
create index settlement_unnamed_terms on settlement (session_id, payment_id, payment_terms)
    where payment_id is null and payment_terms is not null and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED');

alter table payment_session add column committed bigint not null default 0
    check (committed >= 0 and committed <= reserved);

-- A row that changes is told again to whoever reads a recipient's pages.
create trigger settlement_changed after update of status on settlement when new.change_number is not null
begin
    update settlement set change_number = null where id = new.id;
end;
