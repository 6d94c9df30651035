create table account_data (
    user_id text not null,
    room_id text not null default '',
    type text not null,
    content bytea not null,
    slot smallint not null,
    pos bigint not null,
    primary key (user_id, room_id, type)
);
comment on table account_data is 'owner: lanyard.messaging.account; retention: as long as the account';

create table filter (
    user_id text not null,
    filter_id bigint not null,
    filter bytea not null,
    hash bytea not null,
    primary key (user_id, filter_id)
);
create unique index filter_by_hash on filter (user_id, hash);
comment on table filter is 'owner: lanyard.messaging.account; retention: as long as the account';
