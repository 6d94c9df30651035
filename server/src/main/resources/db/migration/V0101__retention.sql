-- What retention knows of each room: nothing said before oldest_ts is left, what its clients were told, and what its
-- owner answered before the first disposal.
create table room_retention (
    room_id text primary key,
    organization text not null,
    kind text not null,
    begun_ts bigint not null,
    oldest_ts bigint not null,
    told_ms bigint not null,
    asked_ts bigint,
    choice text check (choice in ('all_recorded', 'record_these', 'nothing_to_record')),
    chosen_by text,
    chosen_ts bigint,
    rest_until_ts bigint not null default 0,
    untransferred bigint not null default 0,
    check ((choice is null) = (chosen_by is null) and (choice is null) = (chosen_ts is null))
);
comment on table room_retention is 'owner: lanyard.governance.retention; retention: as long as the room';
create index room_retention_due on room_retention (organization, kind, oldest_ts);
create index room_retention_begun on room_retention (begun_ts, room_id);

-- Messages that the owner of a clinical room wants in the record before they go.
create table message_to_record (
    event_id text primary key,
    room_id text not null,
    wanted_ts bigint not null
);
comment on table message_to_record is 'owner: lanyard.governance.retention; retention: until the message is disposed of';
create index message_to_record_room on message_to_record (room_id);

-- One disposal by retention, from its marking to its certificate. lines_sha256 chains every line written for it.
create table disposal_order (
    order_id text primary key,
    organization text not null,
    room_id text not null,
    up_to_ts bigint not null,
    policy_version integer not null,
    marked_ts bigint not null,
    destroy_from_ts bigint not null,
    state text not null check (state in ('marked', 'destroying', 'destroyed', 'called_off')),
    at_seq bigint not null default 0,
    events bigint not null default 0,
    first_ts bigint,
    last_ts bigint,
    lines_sha256 bytea not null,
    kept_held bigint not null default 0,
    kept_awaited bigint not null default 0,
    ended_by text,
    ended_ts bigint,
    reason text
);
comment on table disposal_order is 'owner: lanyard.governance.retention; retention: for ever, it is the disposal certificate';
create unique index disposal_order_open on disposal_order (room_id) where state in ('marked', 'destroying');
create index disposal_order_due on disposal_order (destroy_from_ts) where state in ('marked', 'destroying');
create index disposal_order_list on disposal_order (organization, marked_ts);

-- Which events of a room one transaction destroyed: kept a second time outside the database, so that a restored backup
-- does not bring them back.
create table disposal_step (
    step_id text primary key,
    order_id text not null,
    room_id text not null,
    seqs text not null,
    ts bigint not null,
    listed boolean not null
);
comment on table disposal_step is 'owner: lanyard.governance.retention; retention: for ever';
create index disposal_step_unlisted on disposal_step (ts) where not listed;
