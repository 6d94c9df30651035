-- The key pair by which push services know an organisation (RFC 8292): phones subscribe to it.

create table web_push_key (
    organization text        primary key,
    public_key   bytea       not null,
    sealed       bytea       not null,
    created_at   timestamptz not null
);
comment on table web_push_key is 'owner: lanyard.messaging.push; retention: as long as the organisation is hosted';
