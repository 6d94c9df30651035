-- What the organisation knows of a room beyond Matrix.
create table conversation (
    room_id text primary key,
    organization text not null,
    kind text not null check (kind in ('clinical', 'operational', 'social')),
    purpose text not null,
    owner text not null,
    created_ts bigint not null,
    review_ts bigint not null,
    request text
);
create unique index conversation_by_request on conversation (owner, request) where request is not null;
comment on table conversation is 'owner: lanyard.messaging.room; retention: as its room';
