-- What must not be destroyed. Rooms today; a person, a patient or a span of time use the same columns later.
create table hold (
    hold_id text primary key,
    organization text not null,
    subject_kind text not null check (subject_kind in ('room', 'person', 'patient')),
    subject text not null,
    from_ts bigint,
    to_ts bigint,
    reason text not null,
    placed_by text not null,
    placed_ts bigint not null,
    lifted_by text,
    lifted_ts bigint,
    lift_reason text,
    check ((lifted_ts is null) = (lifted_by is null) and (lifted_ts is null) = (lift_reason is null))
);
create index hold_standing on hold (subject_kind, subject) where lifted_ts is null;
comment on table hold is 'owner: lanyard.trust.hold; retention: as long as the audit log, reasons with their case';
