-- Entries of the audit that hold what somebody typed about a person, apart from the deed's own: they go by themselves,
-- and their salted hash stays.
create table audit_words (
    slot       smallint    not null,
    leaf_index bigint      not null,
    erase_at   timestamptz not null,
    primary key (slot, leaf_index)
);
create index audit_words_due on audit_words (erase_at);
comment on table audit_words is 'owner: lanyard.trust.audit; retention: until the entry is erased';
