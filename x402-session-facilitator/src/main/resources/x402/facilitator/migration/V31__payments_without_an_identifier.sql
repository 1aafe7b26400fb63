-- Whether an equal payment without an identifier was left without an answer is asked with every payment.
drop index ${concurrently} if exists settlement_unnamed;
create index ${concurrently} settlement_unnamed on settlement (session_id, payment_terms)
    where payment_id is null and payment_terms is not null and status in ('RESERVED', 'SUBMITTED', 'CONFIRMED');
