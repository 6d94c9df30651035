create table pusher (
    user_id   text        not null,
    app_id    text        not null,
    pushkey   text        not null,
    device_id text        not null,
    content   bytea       not null,
    since     timestamptz not null,
    primary key (user_id, app_id, pushkey)
);
comment on table pusher is 'owner: lanyard.messaging.push; retention: until its device is signed out or its gateway refuses it';
