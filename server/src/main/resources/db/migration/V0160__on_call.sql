-- Roles that somebody holds at every hour, and who holds them when. Shifts of one role may overlap: two people are on
-- call then.
create table on_call_role (
    role_id text primary key,
    organization text not null,
    name text not null,
    ward text not null,
    escalates_to text references on_call_role (role_id),
    lead_user text,
    created_ts bigint not null,
    ended_ts bigint
);
comment on table on_call_role is 'owner: lanyard.messaging.oncall; retention: as long as the organisation';
create unique index on_call_role_name on on_call_role (organization, lower(name)) where ended_ts is null;

create table on_call_shift (
    shift_id bigint generated always as identity primary key,
    role_id text not null references on_call_role (role_id),
    user_id text not null,
    from_ts bigint not null,
    until_ts bigint not null,
    handed_over_by text,
    check (from_ts < until_ts)
);
comment on table on_call_shift is 'owner: lanyard.messaging.oncall; retention: ninety days after the shift';
create index on_call_shift_role on on_call_shift (role_id, until_ts);
create index on_call_shift_until on on_call_shift (until_ts);

-- What people say of themselves: on duty, busy, off, who covers, when they work.
create table availability (
    user_id text primary key,
    state text not null check (state in ('on_duty', 'busy', 'off', 'unknown')),
    until_ts bigint,
    cover_user text,
    cover_role text,
    hours bytea not null,
    changed_ts bigint not null
);
comment on table availability is 'owner: lanyard.messaging.oncall; retention: until the person changes it or leaves';
