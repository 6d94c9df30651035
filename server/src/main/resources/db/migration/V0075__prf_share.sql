-- The share of a phone's second wrap, the one that a passkey opens. The share itself is only in the key store.

create table prf_share (
    handset_id text        primary key,
    passkey_id text        not null,
    version    integer     not null,
    made_at    timestamptz not null
);
create index prf_share_of_passkey on prf_share (passkey_id);
comment on table prf_share is 'owner: lanyard.trust.handset; retention: until the phone ends';
comment on column prf_share.passkey_id is 'empty once that passkey was removed';
comment on column prf_share.version is 'the share is derived from the key handset-prf/<handset_id>/<version>';

alter table handset_share_to_destroy
    add column scope text not null default 'handset-share',
    drop constraint handset_share_to_destroy_pkey,
    add primary key (scope, handset_id, share_version);
