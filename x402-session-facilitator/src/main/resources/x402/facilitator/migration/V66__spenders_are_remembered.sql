-- When a node last said so: a spender whose node starts again is not gone, so what a node has said outlives it for a while.
alter table node_spender add column told_at bigint not null default 0;
