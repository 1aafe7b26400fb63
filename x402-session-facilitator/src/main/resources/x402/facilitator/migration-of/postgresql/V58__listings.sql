-- What settled payments declared of what they paid for. A listing that is hidden has no text.
create table listing (
    number        bigint        generated always as identity primary key,
    id            varchar(64)   not null unique,
    type          varchar(8)    not null,
    url           varchar(2600) not null,
    origin        varchar(300)  not null,
    pay_to        varchar(69)   not null,
    document      text          not null,
    document_hash varchar(64)   not null,
    price         bigint        not null,
    first_paid    bigint        not null,
    last_paid     bigint        not null,
    hidden_at     bigint
);

create index listing_of_recipient on listing (pay_to);
create index listing_of_origin on listing (origin);
create index listing_of_url on listing (url);
create index listing_age on listing (last_paid) where hidden_at is null;

-- The terms at which a listing was paid, the last of each kind.
create table listing_terms (
    listing bigint      not null references listing (number) on delete cascade,
    scheme  varchar(64) not null,
    network varchar(64) not null,
    asset   varchar(56) not null,
    pay_to  varchar(69) not null,
    amount  bigint      not null,
    terms   text        not null,
    paid_at bigint      not null,
    constraint terms_of primary key (listing, scheme, network, asset, pay_to)
);

create index listing_terms_recipient on listing_terms (pay_to);

-- Whose an origin is.
create table listing_origin (
    origin    varchar(300) not null primary key,
    pay_to    varchar(69)  not null,
    paid_at   bigint       not null,
    hidden_at bigint
);

-- Apart from what is shown: whoever ranks reads many of these and few of those.
create table listing_text (
    number bigint     not null primary key references listing (number) on delete cascade,
    type   varchar(8) not null,
    words  tsvector   not null
);

create index listing_text_words on listing_text using gin (words);
