-- The audit is looked through by time, newest first.

create index audit_leaf_time on audit_leaf (ts, slot, leaf_index);
