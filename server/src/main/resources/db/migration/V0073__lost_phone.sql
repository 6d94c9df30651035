-- A lost phone: a lock that can be taken back, and what is known of a wipe.

alter table device add column locked_at timestamptz;
comment on column device.locked_at is 'while it is set, this device alone can do nothing but sign out';

alter table wiped_token add column user_id text;
alter table wiped_token add column device_id text;
create index wiped_token_of_device on wiped_token (user_id, device_id);
comment on column wiped_token.device_id is 'a device that never signs in again';

create table handset_loss (
    handset_id        text        primary key references handset (handset_id) on delete cascade,
    reported_at       timestamptz not null,
    reported_by       text        not null,
    last_opened_at    timestamptz not null,
    locked_at         timestamptz,
    found_at          timestamptz,
    wipe_requested_at timestamptz,
    wipe_requested_by text,
    offline_until     timestamptz,
    delivered_at      timestamptz,
    app_reported_at   timestamptz,
    unreadable_at     timestamptz,
    rooms             text[]      not null
);
create index handset_loss_wiped_by on handset_loss (wipe_requested_by, wipe_requested_at);
create index handset_loss_readable on handset_loss (offline_until) where unreadable_at is null;
comment on table handset_loss is 'owner: lanyard.trust.handset; retention: with its handset';
comment on column handset_loss.rooms is 'the conversations it could show when it was reported: ids, never text';
comment on column handset_loss.unreadable_at is 'written once it has come: the shares are destroyed and no offline allowance is left';

alter table handset drop constraint handset_ended_why_check;
alter table handset add constraint handset_ended_why_check
    check (ended_why in ('wiped', 'wipe_requested', 'signed_out', 'replaced'));
alter table handset add column if not exists offline_until timestamptz;
alter table handset add column owner text not null default 'own' check (owner in ('own', 'trust'));
comment on column handset.owner is 'whose property it is, as its person says';
