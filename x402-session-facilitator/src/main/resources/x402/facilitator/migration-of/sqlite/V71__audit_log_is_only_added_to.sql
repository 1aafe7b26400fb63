create trigger audit_log_kept before update on audit_log
begin
    select raise(abort, 'the audit log is only added to');
end;

create trigger audit_log_not_shortened before delete on audit_log
begin
    select raise(abort, 'the audit log is only added to');
end;
