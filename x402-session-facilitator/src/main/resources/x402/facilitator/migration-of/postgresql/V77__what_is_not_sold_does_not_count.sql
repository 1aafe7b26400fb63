-- What was counted against a limit of the day counts no longer where it was never paid, counts less where it has cost less, and
-- counts again where it turns out to be paid: whoever changes the settlement, in the same transaction. After the end of the day
-- nothing is counted any more. Of settlements that are not counted, the function is not called.
create function settlement_counts_otherwise() returns trigger language plpgsql as $$
declare
    more bigint := 0;
begin
    if old.status not in ('RELEASED', 'FAILED', 'DEAD') then
        more := more - old.amount;
    end if;
    if tg_op = 'UPDATE' then
        if new.status not in ('RELEASED', 'FAILED', 'DEAD') then
            more := more + new.amount;
        end if;
    end if;
    if more <> 0 then
        update limit_use set used = greatest(0, used + more)
        where limit_name = 'merchant-day' and who = old.limit_user and ends_at = old.limit_until;
    end if;
    return null;
end $$;

create trigger settlement_counts_otherwise after update of status, amount on settlement
    for each row when (old.limit_user is not null and (old.status <> new.status or old.amount <> new.amount))
    execute procedure settlement_counts_otherwise();

create trigger settlement_counts_no_more after delete on settlement
    for each row when (old.limit_user is not null) execute procedure settlement_counts_otherwise();
