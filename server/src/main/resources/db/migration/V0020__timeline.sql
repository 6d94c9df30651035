create sequence room_nid_seq;

-- The head of each room's line of events. Locked in id order by a batch, which compares head_seq with what it built on.
create table room (
    room_nid bigint primary key,
    room_id text not null unique,
    organization text not null,
    version text not null,
    created_ts bigint not null,
    head_seq bigint not null default 0,
    head_event text,
    notices bigint not null default 0,
    last_slot smallint not null default 0,
    last_pos bigint not null default 0
) with (fillfactor = 70);
comment on table room is 'owner: lanyard.messaging.timeline; retention: as long as its stubs';

-- One row an event: the canonical JSON stored once, sealed by the room''s key of the month.
create table event (
    room_nid bigint not null,
    seq bigint not null,
    slot smallint not null,
    pos bigint not null,
    event_id text not null,
    type text not null,
    state_key text,
    sender text not null,
    ts bigint not null,
    notices bigint not null,
    device text,
    txn bytea,
    txn_id text,
    relates_to text,
    redacted_by text,
    pruned_ts bigint,
    body bytea not null,
    primary key (room_nid, seq)
);
create unique index event_by_id on event (event_id);
create unique index event_by_transaction on event (sender, device, txn) where txn is not null;
create index event_by_relation on event (room_nid, relates_to) where relates_to is not null;
comment on table event is 'owner: lanyard.messaging.timeline; retention: by the room''s kind, then a stub';

-- Room state as intervals of the room''s own sequence: a message writes none.
create table room_state (
    room_nid bigint not null,
    type text not null,
    state_key text not null,
    valid_from bigint not null,
    valid_to bigint,
    event_id text not null,
    value text,
    notices bigint not null,
    primary key (room_nid, type, state_key, valid_from)
);
create index room_state_member on room_state (state_key) where type = 'm.room.member' and valid_to is null;
comment on table room_state is 'owner: lanyard.messaging.timeline; retention: as its room';

-- How far each person has received and read; coalesced, durable within 250 ms.
create table receipt (
    room_nid bigint not null,
    user_id text not null,
    kind text not null,
    thread text not null default '',
    event_id text not null,
    seq bigint not null,
    notices bigint not null,
    ts bigint not null,
    slot smallint not null,
    pos bigint not null,
    primary key (room_nid, user_id, kind, thread)
) with (fillfactor = 70);
comment on table receipt is 'owner: lanyard.messaging.timeline; retention: as its room';
