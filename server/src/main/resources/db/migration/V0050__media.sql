-- Files that people send. The file itself is sealed on disk, under a key of the key store: blob <media_id>.

create table media (
    media_id       text        primary key,
    owner          text        not null,
    organization   text        not null,
    bytes          bigint      not null,
    note           bytea       not null,
    uploaded_at    timestamptz not null,
    quarantined_by text,
    destroyed_at   timestamptz
);
create index media_of_owner on media (owner, uploaded_at);
create index media_by_age on media (uploaded_at) where destroyed_at is null;
create index media_destroyed on media (destroyed_at) where destroyed_at is not null;
comment on table media is 'owner: lanyard.messaging.media; retention: the file as long as its owner''s messages; the line for good, as proof of destruction';
comment on column media.note is 'name and type, sealed with the key of the file; empty once that is destroyed';
