-- Signing in with the organisation's own identity provider.

create table upstream_sign_in (
    state_hash   bytea       primary key,
    organization text        not null references organization (ods_code),
    browser_hash bytea       not null,
    return_to    text        not null,
    expires_at   timestamptz not null
);
comment on table upstream_sign_in is 'owner: lanyard.trust.upstream; retention: ten minutes, or until used';

create table upstream_account (
    organization text        not null references organization (ods_code),
    issuer       text        not null,
    account_key  text        not null,
    subject      text        not null,
    user_id      text        not null references person (user_id) on delete cascade,
    linked_at    timestamptz not null,
    primary key (organization, issuer, account_key)
);
create index upstream_account_subject on upstream_account (organization, issuer, subject);
create index upstream_account_person on upstream_account (user_id);
comment on table upstream_account is 'owner: lanyard.trust.upstream; retention: with the person';
