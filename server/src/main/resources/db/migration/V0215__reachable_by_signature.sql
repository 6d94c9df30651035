-- A person can be reached once they have signed a device of theirs: the keys of an unsigned one help nobody.

alter table person rename column keys_published_at to reachable_since;
update person p set reachable_since = null
where reachable_since is not null and not exists (
    select 1 from cross_signing_key k
    join key_signature s on s.target_user = k.user_id and s.signer = k.user_id
        and s.signer_key = 'ed25519:' || k.key_id
    join device_key d on d.user_id = k.user_id and d.device_id = s.target_key
    where k.user_id = p.user_id and k.usage = 'self_signing');
