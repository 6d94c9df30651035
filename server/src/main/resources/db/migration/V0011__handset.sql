-- Which phone: its own credential, and what is needed to count wrong passcodes. The share itself is only in the key
-- store, never here.

create table handset (
    handset_id         text        primary key,
    organization       text        not null,
    user_id            text        not null,
    device_id          text        not null,
    name               text        not null,
    platform           text        not null,
    public_key         text        not null,
    policy_version     text        not null,
    share_version      integer     not null default 0,
    proof_hash         bytea,
    wrong_proofs       integer     not null default 0,
    try_again_at       timestamptz not null,
    enrolled_at        timestamptz not null,
    last_seen_at       timestamptz not null,
    share_destroyed_at timestamptz,
    ended_at           timestamptz,
    ended_why          text        check (ended_why in ('wiped', 'signed_out', 'replaced'))
);
create index handset_of_person on handset (user_id);
comment on table handset is 'owner: lanyard.trust.handset; retention: two years after it ended';
comment on column handset.share_version is 'the share is derived from the key handset-share/<handset_id>/<share_version>';
comment on column handset.proof_hash is 'SHA-256 of a proof that itself is 256 bits out of Argon2id and HKDF';

create table handset_share_to_destroy (
    handset_id    text        not null,
    share_version integer     not null,
    why           text        not null,
    decided_at    timestamptz not null,
    primary key (handset_id, share_version)
);
comment on table handset_share_to_destroy is 'owner: lanyard.trust.handset; retention: until the key store has destroyed the key';
