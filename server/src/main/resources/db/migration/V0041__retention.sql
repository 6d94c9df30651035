-- What was destroyed, when and by what authority: everything but what it said.
create table disposal (
    event_id text primary key,
    room_id text not null,
    sender text not null,
    origin_ts bigint not null,
    sha256 bytea not null,
    decision_id text not null,
    authority text not null,
    reference text not null,
    disposed_ts bigint not null
);
comment on table disposal is 'owner: lanyard.governance.retention; retention: for ever';
create index disposal_of_room on disposal (room_id, disposed_ts);
