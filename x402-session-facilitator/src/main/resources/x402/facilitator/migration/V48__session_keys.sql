-- The key whose holder pays with a session: Ed25519, base64url. A session that has one is found by another hash of its
-- token, so that a node of the version before, which knows no signatures, does not find it.
alter table payment_session add column session_key varchar(43);

-- What the holder of a session's key has signed of a settlement, as it was signed: whoever has the text, the signature and
-- the key can check it.
create table payment_evidence (
    settlement_id varchar(36)   not null primary key,
    session_key   varchar(43)   not null,
    statement     text          not null,
    signature     varchar(86)   not null,
    created_at    bigint        not null
);

create index payment_evidence_age on payment_evidence (created_at);
