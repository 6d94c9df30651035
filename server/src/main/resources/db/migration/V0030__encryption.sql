-- What devices publish so that others can encrypt to them. Public by nature; bytes are kept as they came.
create table device_key (
    user_id text not null,
    device_id text not null,
    keys bytea not null,
    primary key (user_id, device_id)
);
comment on table device_key is 'owner: lanyard.messaging.encryption; retention: as long as the device';

create table one_time_key (
    user_id text not null,
    device_id text not null,
    algorithm text not null,
    seq bigint generated always as identity,
    key_id text not null,
    key bytea not null,
    primary key (user_id, device_id, algorithm, seq)
);
create unique index one_time_key_by_id on one_time_key (user_id, device_id, algorithm, key_id);
comment on table one_time_key is 'owner: lanyard.messaging.encryption; retention: until claimed, or as long as the device';

create table fallback_key (
    user_id text not null,
    device_id text not null,
    algorithm text not null,
    key_id text not null,
    key bytea not null,
    used boolean not null default false,
    primary key (user_id, device_id, algorithm)
);
comment on table fallback_key is 'owner: lanyard.messaging.encryption; retention: as long as the device';

create table cross_signing_key (
    user_id text not null,
    usage text not null,
    key_id text not null,
    key bytea not null,
    primary key (user_id, usage)
);
comment on table cross_signing_key is 'owner: lanyard.messaging.encryption; retention: as long as the person';

-- Signatures added later, of whatever algorithm: kept and given back untouched.
create table key_signature (
    target_user text not null,
    target_key text not null,
    signer text not null,
    signer_key text not null,
    signature text not null,
    primary key (target_user, target_key, signer, signer_key)
);
comment on table key_signature is 'owner: lanyard.messaging.encryption; retention: as long as the person';

create table device_list_change (
    user_id text primary key,
    slot smallint not null,
    pos bigint not null
) with (fillfactor = 70);
comment on table device_list_change is 'owner: lanyard.messaging.encryption; retention: as long as the person';

create table key_backup_version (
    user_id text not null,
    version bigint not null,
    algorithm text not null,
    auth_data bytea not null,
    etag bigint not null default 0,
    deleted boolean not null default false,
    primary key (user_id, version)
);
comment on table key_backup_version is 'owner: lanyard.messaging.encryption; retention: until deleted by the person';

create table key_backup_key (
    user_id text not null,
    version bigint not null,
    room_id text not null,
    session_id text not null,
    first_message_index bigint not null,
    forwarded_count bigint not null,
    verified boolean not null,
    session_data bytea not null,
    primary key (user_id, version, room_id, session_id)
);
comment on table key_backup_key is 'owner: lanyard.messaging.encryption; retention: as its version';

-- A queue for each device, emptied as the device acknowledges.
create table to_device (
    user_id text not null,
    device_id text not null,
    id bigint generated always as identity,
    slot smallint not null,
    pos bigint not null,
    event bytea not null,
    primary key (user_id, device_id, id)
);
comment on table to_device is 'owner: lanyard.messaging.encryption; retention: until the device has acknowledged';

create table to_device_sent (
    user_id text not null,
    device_id text not null,
    transaction text not null,
    ts bigint not null,
    primary key (user_id, device_id, transaction)
);
create index to_device_sent_by_ts on to_device_sent (ts);
comment on table to_device_sent is 'owner: lanyard.messaging.encryption; retention: 7 days';
