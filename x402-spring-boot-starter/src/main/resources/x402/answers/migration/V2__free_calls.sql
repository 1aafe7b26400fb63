-- How many free calls a caller has had of a route in a day, by a hash of the three. Times are milliseconds by the clocks of the instances.
create table x402_free_call (
    id         varchar(64) not null primary key,
    used       integer     not null,
    expires_at bigint      not null
);

create index x402_free_call_by_expiry on x402_free_call (expires_at);
