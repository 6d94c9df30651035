-- As for rows: a guard against mistakes, not against the tables' owner.
create trigger audit_leaf_not_emptied before truncate on audit_leaf
    for each statement execute function audit_only_appends();
create trigger audit_checkpoint_not_emptied before truncate on audit_checkpoint
    for each statement execute function audit_only_appends();
