create function audit_log_kept() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only added to' using errcode = 'integrity_constraint_violation';
end $$;

create trigger audit_log_kept before update or delete on audit_log
    for each row execute procedure audit_log_kept();

create trigger audit_log_not_emptied before truncate on audit_log
    for each statement execute procedure audit_log_kept();
