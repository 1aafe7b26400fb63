create trigger audit_log_kept before update on audit_log
begin
    select raise(abort, 'the audit log is only added to');
end;

create trigger audit_log_not_shortened before delete on audit_log
begin
    select raise(abort, 'the audit log is only added to');
end;

-- "insert or replace" takes the place of a row without deleting it, as far as triggers are told.
create trigger audit_log_not_replaced before insert on audit_log
    when exists (select 1 from audit_log where number = new.number or rowid = new.rowid)
begin
    select raise(abort, 'the audit log is only added to');
end;

-- The head goes on by one row, and has the hash of the row that it names.
create trigger audit_head_goes_on before update on audit_head
    when not (new.id = old.id and ((new.number = old.number + 1 and new.hash = old.hash) or (new.number = old.number
        and exists (select 1 from audit_log where number = new.number and hash = new.hash))))
begin
    select raise(abort, 'the head of the audit log only goes on');
end;

create trigger audit_head_kept before delete on audit_head
begin
    select raise(abort, 'the head of the audit log only goes on');
end;

create trigger audit_head_not_replaced before insert on audit_head when exists (select 1 from audit_head)
begin
    select raise(abort, 'the head of the audit log only goes on');
end;
