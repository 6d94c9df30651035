-- The sealed records custodian: its identity, its monthly devices, and their mail as ciphertext.
create table custodian_identity (
    organization text not null,
    ceremony text not null unique,
    user_id text not null,
    master_key bytea not null,
    self_signing_key bytea not null,
    sealed_identity bytea not null,
    held_ts bigint not null,
    primary key (organization, ceremony)
);
comment on table custodian_identity is 'owner: lanyard.governance.custodian; retention: as long as any of its months';

-- The one device of each custodian that clients are shown at present.
create table custodian_listed (
    organization text primary key,
    device_id text not null
);
comment on table custodian_listed is 'owner: lanyard.governance.custodian; retention: as custodian_identity';

create table custodian_month (
    organization text not null,
    month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
    ceremony text not null references custodian_identity (ceremony),
    user_id text not null,
    device_id text not null,
    device_keys bytea not null,
    fallback_name text not null,
    fallback_key bytea not null,
    sealed_account bytea not null,
    primary key (organization, month),
    unique (user_id, device_id)
);
comment on table custodian_month is 'owner: lanyard.governance.custodian; retention: as the month''s messages';

-- Never deleted by delivery. `sealed` is the sender''s ciphertext, sealed once more under the month''s destroyable key.
create table custodian_mailbox (
    mail_id bigint generated always as identity primary key,
    organization text not null,
    month text not null,
    device_id text not null,
    sender text not null,
    sender_device text not null,
    ts bigint not null,
    type text not null,
    sealed bytea not null
);
create index custodian_mailbox_sender on custodian_mailbox (organization, sender, sender_device, ts);
create index custodian_mailbox_device on custodian_mailbox (organization, month, mail_id);
comment on table custodian_mailbox is 'owner: lanyard.governance.custodian; retention: until the month''s key is destroyed';
