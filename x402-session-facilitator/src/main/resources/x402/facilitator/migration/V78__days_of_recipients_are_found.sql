drop index ${concurrently} if exists payment_day_recipient;
create index ${concurrently} payment_day_recipient on payment_day (recipient, day);
