-- A commitment is a settlement that a caller was told of before it is in any transaction. Nodes of the version before go on
-- meanwhile; what the rows hold keeps to the new checks as it kept to the old ones, so that none is read for them yet.
alter table settlement
    alter column session_id drop not null,
    add column deferred boolean not null default false,
    add column settle_before bigint,
    -- Until when it is held for a payment of which nobody knows yet how much of it is asked for.
    add column held_until bigint,
    -- The ledger in which its payer had what it promised: none before that proves that it cannot pay.
    add column funds_ledger bigint,
    -- Whoever could not pay a commitment owes it whatever becomes of the transactions that collect it.
    add column defaulted boolean not null default false,
    -- What a transaction gave back is known by it, should its end turn out to be another one.
    add column given_back_by varchar(64),
    add column change_number bigint,
    drop constraint if exists settlement_of_transaction_status_check,
    drop constraint if exists written_down_before_sent,
    add constraint known_status check (status in ('RESERVED', 'SUBMITTED', 'CONFIRMED', 'FAILED', 'DEAD', 'RELEASED',
        'HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF')) not valid,
    add constraint written_down_before_sent check (status in ('RESERVED', 'RELEASED')
        or (deferred and status in ('HELD', 'COMMITTED', 'DEFAULTED', 'WRITTEN_OFF')) or tx_hash is not null) not valid,
    -- A node of the version before neither takes it for dead nor forgets by what it is asked for again.
    add constraint commitment_stands check (not deferred or status in ('HELD', 'COMMITTED', 'SUBMITTED', 'CONFIRMED',
        'DEFAULTED', 'WRITTEN_OFF', 'RELEASED')) not valid,
    add constraint commitment_is_known check (status not in ('HELD', 'COMMITTED', 'DEFAULTED')
        or payment_id is not null) not valid,
    add constraint held_for_a_time check ((status = 'HELD') = (held_until is not null)) not valid;

alter table payment_session
    add column committed bigint not null default 0,
    add constraint committed_is_reserved check (committed >= 0 and committed <= reserved) not valid;

-- A row that changes is told again to whoever reads a recipient's pages.
create function settlement_changed() returns trigger language plpgsql as $$
begin
    new.change_number := null;
    return new;
end $$;

create trigger settlement_changed before update of status on settlement
    for each row when (old.change_number is not null) execute procedure settlement_changed();
