-- Salted Merkle leaves, one log per writer slot. `sealed` holds salt and entry under the month's erasable key and is
-- null once erased; the hash stays, so the log verifies for ever.
create table audit_leaf (
    slot smallint not null check (slot between 0 and 15),
    leaf_index bigint not null check (leaf_index >= 0),
    ts bigint not null,
    sealed bytea,
    leaf_hash bytea not null check (octet_length(leaf_hash) = 32),
    primary key (slot, leaf_index)
);
comment on table audit_leaf is 'owner: lanyard.trust.audit; retention: hashes for ever, entries until their month''s key is destroyed';

-- Signed tree heads, each naming the one before it, so that the logs of all slots hang on one chain.
create table audit_checkpoint (
    seq bigint primary key check (seq > 0),
    slot smallint not null check (slot between 0 and 15),
    size bigint not null check (size > 0),
    frontier bytea not null,
    note text not null
);
create index audit_checkpoint_slot on audit_checkpoint (slot, size);
comment on table audit_checkpoint is 'owner: lanyard.trust.audit; retention: for ever, no personal data';

-- A guard against mistakes, not against the table's owner: that is what the checkpoints are for.
create function audit_only_appends() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and tg_table_name = 'audit_leaf' then
        if new.sealed is null and new.slot = old.slot and new.leaf_index = old.leaf_index and new.ts = old.ts
            and new.leaf_hash = old.leaf_hash then
            return new;
        end if;
    end if;
    raise exception 'the audit log is only ever appended to';
end
$$;
create trigger audit_leaf_only_appends before update or delete on audit_leaf
    for each row execute function audit_only_appends();
create trigger audit_checkpoint_only_appends before update or delete on audit_checkpoint
    for each row execute function audit_only_appends();
