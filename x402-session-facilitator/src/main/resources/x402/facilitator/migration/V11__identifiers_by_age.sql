-- Identifiers are forgotten by their age, without reading all settlements.
create index settlement_identified on settlement (updated_at) where payment_id is not null;
