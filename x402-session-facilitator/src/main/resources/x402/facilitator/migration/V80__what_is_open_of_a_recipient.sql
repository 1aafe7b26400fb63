-- What a recipient is still to be paid, among all that it ever was.
drop index ${concurrently} if exists settlement_awaited;
create index ${concurrently} settlement_awaited on settlement (recipient, change_number)
    where deferred and change_number is not null and status in ('HELD', 'COMMITTED', 'SUBMITTED');
