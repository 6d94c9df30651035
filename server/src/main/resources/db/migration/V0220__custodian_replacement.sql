-- The key that an officer's passkey makes: shares are sealed to it, and it leaves the officer's browser in public form only.
create table custodian_officer_key (
    person text primary key,
    organization text not null,
    name text not null,
    public_key text not null,
    credential text not null,
    made_ts bigint not null
);
comment on table custodian_officer_key is 'owner: lanyard.governance.custodian; retention: as long as the duty';

-- A share, sealed to its officer's key by the worker that made it.
create table custodian_share (
    ceremony text not null,
    officer integer not null check (officer between 1 and 3),
    organization text not null,
    person text not null,
    name text not null,
    credential text not null,
    commitment text not null,
    sealed bytea not null,
    confirmed_ts bigint,
    primary key (ceremony, officer),
    unique (ceremony, person)
);
comment on table custodian_share is 'owner: lanyard.governance.custodian; retention: until the share is replaced';

-- An officer who is being replaced: `sealed` is what the new shares will open, until all three have been tried.
create table custodian_replacement (
    replacement text primary key,
    organization text not null,
    ceremony text not null references custodian_identity (ceremony),
    officer integer not null,
    new_ceremony text not null unique,
    newcomer text not null,
    asked_by text not null,
    reason text not null,
    sealed bytea,
    begun_ts bigint not null,
    ended_ts bigint,
    outcome text check (outcome in ('replaced', 'called_off'))
);
create unique index custodian_replacement_open on custodian_replacement (ceremony) where ended_ts is null;
comment on table custodian_replacement is 'owner: lanyard.governance.custodian; retention: as custodian_identity';
