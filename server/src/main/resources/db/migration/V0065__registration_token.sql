create table registration_token (
    organization text        not null,
    token        text        not null,
    uses_allowed bigint,
    completed    bigint      not null default 0,
    expires_at   timestamptz,
    primary key (organization, token)
);
comment on table registration_token is 'owner: lanyard.trust.identity; retention: until an administrator deletes it; only where registration is open';
