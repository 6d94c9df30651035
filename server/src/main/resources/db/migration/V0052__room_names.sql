-- Names of rooms, and which of them the room directory lists. Both stay empty in the product.
create table room_alias (
    alias text primary key,
    room_id text not null,
    creator text not null
);
create index room_alias_by_room on room_alias (room_id);
comment on table room_alias is 'owner: lanyard.messaging.room; retention: until it is taken away';

create table published_room (
    room_id text primary key
);
comment on table published_room is 'owner: lanyard.messaging.room; retention: until it is withdrawn';
