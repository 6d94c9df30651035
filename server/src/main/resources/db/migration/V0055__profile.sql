create table profile_field (
    user_id text  not null,
    field   text  not null,
    value   bytea not null,
    primary key (user_id, field)
);
comment on table profile_field is 'owner: lanyard.messaging.account; retention: as long as the account';
