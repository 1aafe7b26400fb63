-- What happened, for those who are told of it: written by the books themselves, in the transaction that makes it true, whoever
-- changes them, and only where somebody subscribes to it. A row is one event for one receiver.
create table event_receiver (
    name     varchar(64) not null primary key,
    -- So many deliveries have failed since the last one that did not, and until when none is tried.
    failures integer     not null default 0,
    retry_at bigint      not null default 0,
    seen_at  bigint      not null
);

-- The recipient is empty where the receiver is told of all recipients. It may have named some besides, in another configuration.
create table event_subscription (
    type      varchar(32) not null,
    recipient varchar(69) not null,
    receiver  varchar(64) not null,
    -- When a node has last named it.
    seen_at   bigint      not null,
    constraint subscribed_once primary key (type, recipient, receiver)
);

create table event_outbox (
    number        bigint      generated always as identity primary key,
    id            varchar(36) not null unique,
    receiver      varchar(64) not null,
    type          varchar(32) not null,
    -- Events of the same subject are told one after the other.
    subject       varchar(64) not null,
    settlement_id varchar(36),
    session_id    varchar(36),
    -- The session's name and end, as they were then.
    handle        varchar(16),
    expiration_ledger bigint,
    payer         varchar(56) not null,
    recipient     varchar(69) not null,
    asset         varchar(56) not null,
    amount        bigint      not null,
    status        varchar(16),
    tx_hash       varchar(64),
    ledger        bigint,
    created_at    bigint      not null,
    -- Since when it waits: an operator can have it told again.
    since         bigint      not null,
    state         varchar(16) not null default 'WAITING' check (state in ('WAITING', 'TOLD', 'GIVEN_UP')),
    attempts      integer     not null default 0,
    -- Whether its subject is queued.
    queued        boolean     not null default false,
    ended_at      bigint
);

create index event_outbox_fresh on event_outbox (receiver, number) where state = 'WAITING' and not queued;
create index event_outbox_subject on event_outbox (receiver, subject, number) where state = 'WAITING';
create index event_outbox_since on event_outbox (receiver, since) where state = 'WAITING';
create index event_outbox_given_up on event_outbox (receiver) where state = 'GIVEN_UP';
create index event_outbox_ended on event_outbox (state, ended_at) where state <> 'WAITING';
create index event_outbox_settlement on event_outbox (settlement_id) where state = 'WAITING' and settlement_id is not null;

-- The queue of a receiver: subjects of which something waits. Only who holds the receiver's row adds and removes some, so that no
-- payment waits for a delivery. A subject that is leased is due when the lease ends.
create table event_subject (
    receiver varchar(64) not null,
    subject  varchar(64) not null,
    due_at   bigint      not null,
    lease    varchar(36),
    constraint queued_once primary key (receiver, subject)
);

create index event_subject_due on event_subject (receiver, due_at);

-- Where nobody has subscribed, payments take no longer than that is looked up. A commitment that a transaction gives back is
-- committed as before. What was settled and turns out not to be, is told.
create function settlement_event() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from event_subscription) then
        return null;
    end if;
    insert into event_outbox (id, receiver, type, subject, settlement_id, session_id, handle, payer, recipient, asset,
        amount, status, tx_hash, ledger, created_at, since)
    select cast(gen_random_uuid() as varchar), s.receiver, s.type, coalesce(new.session_id, new.account, new.payer), new.id, new.session_id,
        (select substr(p.token_hash, 1, 16) from payment_session p where p.id = new.session_id), new.payer, new.recipient,
        new.asset, new.amount, new.status, new.tx_hash, new.ledger, new.updated_at, new.updated_at
    from (select distinct e.receiver, e.type from event_subscription e where e.recipient in ('', new.recipient) and e.type = case
        when new.status = 'CONFIRMED' then 'payment.settled'
        when old.status = 'CONFIRMED' then 'payment.reversed'
        when new.status = 'COMMITTED' and old.status = 'HELD' then 'payment.committed'
        when new.status = 'DEFAULTED' and not old.defaulted then 'payment.defaulted'
        when new.status = 'WRITTEN_OFF' then 'payment.written_off'
        when new.status in ('FAILED', 'DEAD') then 'payment.failed'
    end) s;
    return null;
end $$;

create trigger settlement_event after update of status on settlement
    for each row when (old.status <> new.status and (old.status = 'CONFIRMED'
        or new.status in ('CONFIRMED', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF', 'FAILED', 'DEAD')))
    execute procedure settlement_event();

create function commitment_event() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from event_subscription) then
        return null;
    end if;
    insert into event_outbox (id, receiver, type, subject, settlement_id, session_id, handle, payer, recipient, asset,
        amount, status, tx_hash, ledger, created_at, since)
    select cast(gen_random_uuid() as varchar), s.receiver, s.type, coalesce(new.session_id, new.account, new.payer), new.id, new.session_id,
        (select substr(p.token_hash, 1, 16) from payment_session p where p.id = new.session_id), new.payer, new.recipient,
        new.asset, new.amount, new.status, new.tx_hash, new.ledger, new.updated_at, new.updated_at
    from (select distinct e.receiver, e.type from event_subscription e where e.recipient in ('', new.recipient)
        and e.type = 'payment.committed') s;
    return null;
end $$;

create trigger commitment_event after insert on settlement
    for each row when (new.status = 'COMMITTED') execute procedure commitment_event();

-- A commitment that is taken back before anybody was told of it.
create function commitment_removed() returns trigger language plpgsql as $$
begin
    delete from event_outbox where settlement_id = old.id and state = 'WAITING';
    return null;
end $$;

create trigger commitment_removed after delete on settlement
    for each row when (old.status = 'COMMITTED') execute procedure commitment_removed();

-- A session that its payer signs for later, or registers anew, has another id from then on: it is opened again.
create function session_event() returns trigger language plpgsql as $$
begin
    insert into event_outbox (id, receiver, type, subject, session_id, handle, expiration_ledger, payer, recipient, asset,
        amount, status, created_at, since)
    select cast(gen_random_uuid() as varchar), s.receiver, s.type, new.id, new.id, substr(new.token_hash, 1, 16),
        new.expiration_ledger, new.payer, new.recipient, new.asset, new.cap, new.end_reason, new.updated_at, new.updated_at
    from (select distinct e.receiver, e.type from event_subscription e where e.recipient in ('', new.recipient)
        and e.type = tg_argv[0]) s;
    return null;
end $$;

create trigger session_opened after insert on payment_session
    for each row execute procedure session_event('session.opened');
create trigger session_opened_anew after update of token_hash on payment_session
    for each row when (old.token_hash <> new.token_hash) execute procedure session_event('session.opened');
create trigger session_ended after update of superseded on payment_session
    for each row when (new.superseded and not old.superseded) execute procedure session_event('session.ended');
