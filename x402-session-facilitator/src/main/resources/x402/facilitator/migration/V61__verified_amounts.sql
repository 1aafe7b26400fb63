-- What payments that were verified keep of a session from others until a time of the database. One that was not paid by then
-- keeps new ones out until the second.
create table verified_amount (
    session_id  varchar(36)  not null,
    payment_id  varchar(128) not null,
    amount      bigint       not null,
    ends_at     bigint       not null,
    noted_until bigint       not null,
    constraint amount_of_payment primary key (session_id, payment_id)
);

create index verified_amount_age on verified_amount (noted_until);
