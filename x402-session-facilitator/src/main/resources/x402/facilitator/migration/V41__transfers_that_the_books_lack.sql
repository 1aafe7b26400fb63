-- How far the chain was searched for transfers of a spender that the books lack, and what was found. As old as the
-- books are, so that books of yesterday are searched from yesterday.
create table chain_search (
    spender    varchar(56)  not null primary key,
    ledger     bigint       not null,
    difference varchar(500),
    updated_at bigint       not null
);

-- Transfers that the books lack, with which an operator has said to go on.
create table accepted_transfer (
    hash        varchar(64) not null primary key,
    accepted_at bigint      not null
);
