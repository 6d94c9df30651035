-- A share that was given out and that the phone has not claimed yet: the one before opens until it does.

alter table handset
    add column next_share_version integer,
    add column next_proof_hash    bytea;
comment on column handset.next_proof_hash is 'SHA-256, as proof_hash';
