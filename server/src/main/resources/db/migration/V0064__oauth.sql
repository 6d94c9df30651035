-- Other apps: which are approved, the clients that registered as one of them, sign-ins under way.

alter table device add column app_client text;
alter table device add column clinical boolean not null default true;
create index device_of_app on device (app_client) where app_client is not null;
comment on column device.app_client is 'the OAuth client it signed in with; empty for our own app';
comment on column device.clinical is 'whether clinical rooms are there for it';

create table approved_app (
    app_id        text        primary key,
    organization  text        not null,
    document      text        not null,
    approved_by   text        not null,
    approved_at   timestamptz not null,
    changed_at    timestamptz not null,
    withdrawn_at  timestamptz
);
create index approved_app_of_organization on approved_app (organization);
comment on table approved_app is 'owner: lanyard.trust.oauth; retention: for good, it is what the organisation decided';
comment on column approved_app.document is 'what the register says of the app, as JSON';

create table app_client (
    client_id  text        primary key,
    app_id     text        not null references approved_app (app_id),
    metadata   text        not null,
    created_at timestamptz not null
);
create index app_client_of_app on app_client (app_id);
comment on table app_client is 'owner: lanyard.trust.oauth; retention: until its app is withdrawn';

create table authorization_code (
    code_hash    bytea       primary key,
    client_id    text        not null references app_client (client_id) on delete cascade,
    user_id      text        not null,
    device_id    text        not null,
    redirect_uri text        not null,
    challenge    text        not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
comment on table authorization_code is 'owner: lanyard.trust.oauth; retention: a day, so that a second use is noticed';

create table device_authorization (
    device_code_hash bytea       primary key,
    user_code_hash   bytea       not null unique,
    client_id        text        not null references app_client (client_id) on delete cascade,
    device_id        text        not null,
    expires_at       timestamptz not null,
    next_poll_at     timestamptz not null,
    interval_seconds integer     not null,
    user_id          text,
    refused          boolean     not null default false
);
comment on table device_authorization is 'owner: lanyard.trust.oauth; retention: a quarter of an hour';
