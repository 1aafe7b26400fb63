-- Which nodes sign for which spenders: what one does not sign for, another may, and is then no reason to refuse a payment for good.
create table node_spender (
    node    varchar(36) not null,
    spender varchar(56) not null,
    primary key (node, spender)
);
