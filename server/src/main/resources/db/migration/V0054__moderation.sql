-- Who administers, who is locked or suspended; access tokens that end and are renewed.

alter table person add column administrator boolean not null default false;
alter table person add column locked_at timestamptz;
alter table person add column suspended_at timestamptz;
comment on column person.administrator is 'may lock and suspend colleagues; reads nobody''s messages';

alter table access_token add column expires_at timestamptz;
alter table access_token add column used_at timestamptz;
comment on column access_token.expires_at is 'empty for a token that lasts as long as its device';

create table refresh_token (
    token_hash  bytea       primary key,
    user_id     text        not null,
    device_id   text        not null,
    access_hash bytea       not null,
    successor   bytea,
    created_at  timestamptz not null,
    foreign key (user_id, device_id) references device (user_id, device_id) on delete cascade
);
create index refresh_token_of_device on refresh_token (user_id, device_id);
comment on table refresh_token is 'owner: lanyard.trust.identity; retention: with its device; a used one thirty days, so that using it again is noticed';
