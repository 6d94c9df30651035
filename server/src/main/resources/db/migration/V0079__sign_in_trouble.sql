-- Whether the person has yet to say that a device is theirs. owner and retention: as the table
alter table device add column questioned boolean not null default false;

create table sign_in_trouble (
    id      bigint      generated always as identity primary key,
    at      timestamptz not null,
    kind    text        not null,
    user_id text,
    source  text        not null
);
create index sign_in_trouble_at on sign_in_trouble (at);
comment on table sign_in_trouble is 'owner: lanyard.trust.identity; retention: 30 days';
