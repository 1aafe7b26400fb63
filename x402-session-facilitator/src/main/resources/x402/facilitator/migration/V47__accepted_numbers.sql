-- Sequence numbers of our accounts that the books lack, with which an operator has said to go on.
create table accepted_number (
    account     varchar(56) not null primary key,
    number      bigint      not null,
    accepted_at bigint      not null
);
