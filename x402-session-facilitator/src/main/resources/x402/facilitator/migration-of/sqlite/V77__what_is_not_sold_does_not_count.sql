-- What was counted against a limit of the day counts no longer where it was never paid, counts less where it has cost less, and
-- counts again where it turns out to be paid: whoever changes the settlement, in the same transaction. After the end of the day
-- nothing is counted any more.
create trigger settlement_counts_otherwise after update of status, amount on settlement
    when old.limit_user is not null and (old.status <> new.status or old.amount <> new.amount)
begin
    update limit_use set used = max(0, used
        - case when old.status in ('RELEASED', 'FAILED', 'DEAD') then 0 else old.amount end
        + case when new.status in ('RELEASED', 'FAILED', 'DEAD') then 0 else new.amount end)
    where limit_name = 'merchant-day' and who = old.limit_user and ends_at = old.limit_until
        and case when old.status in ('RELEASED', 'FAILED', 'DEAD') then 0 else old.amount end
        <> case when new.status in ('RELEASED', 'FAILED', 'DEAD') then 0 else new.amount end;
end;

create trigger settlement_counts_no_more after delete on settlement
    when old.limit_user is not null and old.status not in ('RELEASED', 'FAILED', 'DEAD')
begin
    update limit_use set used = max(0, used - old.amount)
    where limit_name = 'merchant-day' and who = old.limit_user and ends_at = old.limit_until;
end;
