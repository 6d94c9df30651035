-- How an event relates to another, read off what stands outside its encrypted part. Empty for plain replies and for
-- events of before this column.
alter table event add column rel_type text;
drop index event_by_relation;
create index event_by_relation on event (room_nid, relates_to, seq) where relates_to is not null;
create index event_in_thread on event (room_nid, seq) where rel_type = 'm.thread';

-- Rooms that a person has left and does not want to see again; what they were in it after event seq counts again.
create table forgotten_room (
    user_id text not null,
    room_id text not null,
    seq bigint not null,
    primary key (user_id, room_id)
);
comment on table forgotten_room is 'owner: lanyard.messaging.timeline; retention: as the room';
