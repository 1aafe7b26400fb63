create function audit_log_kept() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only added to' using errcode = 'integrity_constraint_violation';
end $$;

create trigger audit_log_kept before update or delete on audit_log
    for each row execute procedure audit_log_kept();

create trigger audit_log_not_emptied before truncate on audit_log
    for each statement execute procedure audit_log_kept();

-- The head goes on by one row, and has the hash of the row that it names.
create function audit_head_goes_on() returns trigger language plpgsql as $$
begin
    if new.id = old.id and ((new.number = old.number + 1 and new.hash = old.hash) or (new.number = old.number
        and exists (select 1 from audit_log where number = new.number and hash = new.hash))) then
        return new;
    end if;
    raise exception 'the head of the audit log only goes on' using errcode = 'integrity_constraint_violation';
end $$;

create trigger audit_head_goes_on before update on audit_head
    for each row execute procedure audit_head_goes_on();

create trigger audit_head_kept before delete on audit_head
    for each row execute procedure audit_log_kept();

create trigger audit_head_not_emptied before truncate on audit_head
    for each statement execute procedure audit_log_kept();
