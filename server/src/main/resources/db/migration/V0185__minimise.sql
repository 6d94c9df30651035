-- Saying as little about patients as will do: what the nudge did, whether it helped, broken glass, the induction.

create table nudge_count (
    organization text   not null,
    day          date   not null,
    room_kind    text   not null,
    identifier   text   not null,
    shown        bigint not null,
    replaced     bigint not null,
    kept         bigint not null,
    primary key (organization, day, room_kind, identifier)
);
comment on table nudge_count is 'owner: lanyard.governance.minimise; retention: stays; holds no person';

create table warning_feedback (
    organization text   not null,
    day          date   not null,
    rule         text   not null,
    useful       bigint not null,
    not_useful   bigint not null,
    primary key (organization, day, rule)
);
comment on table warning_feedback is 'owner: lanyard.governance.minimise; retention: stays; holds no person';

create table broken_glass (
    glass_id     bigint generated always as identity primary key,
    organization text        not null,
    person       text        not null,
    room_id      text        not null,
    what         text        not null,
    reason       text        not null,
    request_id   text        not null,
    at           timestamptz not null,
    looked_by    text,
    looked_at    timestamptz,
    unique (person, request_id)
);
comment on table broken_glass is 'owner: lanyard.governance.minimise; retention: stays with the audit';

create table induction (
    person      text        primary key,
    version     integer     not null,
    accepted_at timestamptz not null
);
comment on table induction is 'owner: lanyard.governance.minimise; retention: until the account ends';
