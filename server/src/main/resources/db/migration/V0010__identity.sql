-- Who is this: organisations, people, their second step, devices, tokens.

create table organization (
    ods_code      text        primary key,
    server_name   text        not null unique,
    name          text        not null,
    demonstration boolean     not null,
    created_at    timestamptz not null
);
comment on table organization is 'owner: lanyard.trust.identity; retention: while this deployment hosts it';

create table person (
    user_id             text        primary key,
    organization        text        not null references organization (ods_code),
    kind                text        not null check (kind in ('staff', 'service')),
    display_name        text        not null,
    role                text        not null,
    ward                text        not null,
    professional_body   text        not null,
    registration        text        not null,
    password_hash       text,
    totp_secret         bytea,
    totp_key            text,
    totp_last_step      bigint,
    created_at          timestamptz not null,
    first_signed_in_at  timestamptz,
    keys_published_at   timestamptz,
    ended_at            timestamptz
);
create index person_of_organization on person (organization);
comment on table person is 'owner: lanyard.trust.identity; retention: employment, then as long as a message of theirs is kept';
comment on column person.totp_secret is 'sealed with the key totp/<totp_key> of the key store';
comment on column person.totp_last_step is 'the newest time step whose code was used: older or equal ones are refused';

create table recovery_code (
    user_id    text        not null references person (user_id) on delete cascade,
    code_hash  bytea       not null,
    created_at timestamptz not null,
    used_at    timestamptz,
    primary key (user_id, code_hash)
);
comment on table recovery_code is 'owner: lanyard.trust.identity; retention: until a new set is made';

create table device (
    user_id      text        not null references person (user_id) on delete cascade,
    device_id    text        not null,
    display_name text        not null,
    handset_id   text,
    created_at   timestamptz not null,
    signed_in_at timestamptz not null,
    last_seen_at timestamptz not null,
    primary key (user_id, device_id)
);
comment on table device is 'owner: lanyard.trust.identity; retention: until signed out, deleted or wiped';

create table access_token (
    token_hash bytea       primary key,
    user_id    text        not null,
    device_id  text        not null,
    created_at timestamptz not null,
    foreign key (user_id, device_id) references device (user_id, device_id) on delete cascade
);
create index access_token_of_device on access_token (user_id, device_id);
comment on table access_token is 'owner: lanyard.trust.identity; retention: with its device';

create table wiped_token (
    token_hash bytea       primary key,
    wiped_at   timestamptz not null
);
comment on table wiped_token is 'owner: lanyard.trust.identity; retention: for good, so that a phone found years later is still told to clear itself';

create table login_token (
    token_hash bytea       primary key,
    user_id    text        not null references person (user_id) on delete cascade,
    expires_at timestamptz not null
);
comment on table login_token is 'owner: lanyard.trust.identity; retention: two minutes, or until used';

create table sign_in_session (
    session_hash bytea       primary key,
    user_id      text        not null references person (user_id) on delete cascade,
    expires_at   timestamptz not null,
    wrong_codes  integer     not null default 0
);
comment on table sign_in_session is 'owner: lanyard.trust.identity; retention: ten minutes, or until used';

create table sign_in_failure (
    account_hash bytea       primary key,
    failures     integer     not null,
    try_again_at timestamptz not null,
    updated_at   timestamptz not null
);
comment on table sign_in_failure is 'owner: lanyard.trust.identity; retention: a day after the last wrong try';

create table known_browser (
    token_hash bytea       primary key,
    user_id    text        not null references person (user_id) on delete cascade,
    created_at timestamptz not null,
    used_at    timestamptz not null
);
create index known_browser_of_person on known_browser (user_id);
comment on table known_browser is 'owner: lanyard.trust.identity; retention: ninety days after its last sign-in';
