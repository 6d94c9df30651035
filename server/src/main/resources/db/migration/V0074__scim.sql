-- What the directory of an organisation says: who works there, in which groups; and the tokens by which it says so.

create table scim_token (
    token_id     text        primary key,
    organization text        not null references organization (ods_code),
    token_hash   bytea       not null unique,
    created_by   text        not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz
);
create index scim_token_of_organization on scim_token (organization);
comment on table scim_token is 'owner: lanyard.trust.scim; retention: until ended, a year at most';

create table scim_user (
    scim_id      text        primary key,
    organization text        not null references organization (ods_code),
    user_id      text        not null unique references person (user_id),
    user_name    text        not null,
    external_id  text,
    resource     bytea       not null,
    version      bigint      not null,
    created_at   timestamptz not null,
    changed_at   timestamptz not null
);
create unique index scim_user_name on scim_user (organization, lower(user_name));
create index scim_user_external on scim_user (organization, external_id);
comment on table scim_user is 'owner: lanyard.trust.scim; retention: until the directory deletes it; the person stays as a leaver';

create table scim_group (
    scim_id      text        primary key,
    organization text        not null references organization (ods_code),
    display_name text        not null,
    external_id  text,
    version      bigint      not null,
    created_at   timestamptz not null,
    changed_at   timestamptz not null
);
create index scim_group_of_organization on scim_group (organization);
comment on table scim_group is 'owner: lanyard.trust.scim; retention: until the directory deletes it';

create table scim_member (
    group_id text not null references scim_group (scim_id) on delete cascade,
    user_id  text not null references scim_user (scim_id) on delete cascade,
    primary key (group_id, user_id)
);
create index scim_member_of_user on scim_member (user_id);
comment on table scim_member is 'owner: lanyard.trust.scim; retention: until the directory takes the person out of the group';
