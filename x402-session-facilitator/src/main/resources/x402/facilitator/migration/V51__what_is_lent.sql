-- What is lent: the open commitments by asset, payer and recipient, and of each of them, where the others are empty. The row
-- of all three is leased by the node that redeems them.
create table deferred_exposure (
    asset        varchar(56) not null,
    payer        varchar(56) not null,
    recipient    varchar(56) not null,
    amount       bigint      not null default 0,
    lease        varchar(36),
    leased_until bigint      not null default 0,
    constraint exposure_of primary key (asset, payer, recipient)
);

-- What a payer has paid a recipient in a day (since 1970, UTC), and what a recipient has lost; base units.
create table payment_day (
    asset     varchar(56) not null,
    payer     varchar(56) not null,
    recipient varchar(56) not null,
    day       bigint      not null,
    confirmed bigint      not null default 0,
    lost      bigint      not null default 0,
    constraint day_of primary key (asset, payer, recipient, day)
);

create index payment_day_age on payment_day (day);

-- The last number that a change of a recipient's settlements was given.
create table recipient_changes (
    recipient varchar(56) not null primary key,
    last      bigint      not null default 0
);
