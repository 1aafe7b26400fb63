-- The rows are read while everybody goes on.
alter table settlement
    validate constraint known_status,
    validate constraint written_down_before_sent,
    validate constraint commitment_stands,
    validate constraint commitment_is_known,
    validate constraint held_for_a_time;

alter table payment_session validate constraint committed_is_reserved;
