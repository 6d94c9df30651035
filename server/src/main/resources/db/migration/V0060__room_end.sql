create table blocked_room (
    room_id    text        primary key,
    blocked_by text        not null,
    at         timestamptz not null
);
comment on table blocked_room is 'owner: lanyard.messaging.room; retention: until an administrator opens the room again';

create table room_deletion (
    delete_id text        primary key,
    room_id   text        not null,
    asked_by  text        not null,
    purge     boolean     not null,
    status    text        not null,
    sent_away text[]      not null,
    error     text,
    at        timestamptz not null
);
comment on table room_deletion is 'owner: lanyard.messaging.admin; retention: for ever, it says who ended which room';
create index room_deletion_of_room on room_deletion (room_id, at);
