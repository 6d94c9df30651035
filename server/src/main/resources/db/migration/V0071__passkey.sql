-- Passkeys: the public half of a credential that checks its person itself.

create table passkey (
    passkey_id      text        primary key,
    user_id         text        not null,
    name            text        not null,
    credential      bytea       not null,
    sign_count      bigint      not null,
    backup_eligible boolean     not null,
    backed_up       boolean     not null,
    transports      text        not null,
    created_at      timestamptz not null,
    last_used_at    timestamptz
);
create index passkey_of_person on passkey (user_id);
comment on table passkey is 'owner: lanyard.trust.passkey; retention: until its person removes it';
comment on column passkey.passkey_id is 'the credential id, base64url';
comment on column passkey.credential is 'WebAuthn''s attested credential data: the public key';
comment on column passkey.sign_count is 'may only rise: a lower one means that somebody has a copy';

create table passkey_person (
    user_id text  primary key,
    handle  bytea not null unique
);
comment on table passkey_person is 'owner: lanyard.trust.passkey; retention: as long as the person''s row';
comment on column passkey_person.handle is 'random: what authenticators call the person, so that they hold no user id';
