-- Browsers in which somebody is signed in to the console.

create table console_session (
    session_hash bytea       primary key,
    session_id   text        not null unique,
    user_id      text        not null references person (user_id) on delete cascade,
    created_at   timestamptz not null,
    seen_at      timestamptz not null,
    proven_at    timestamptz not null
);
create index console_session_of_person on console_session (user_id);
comment on table console_session is 'owner: lanyard.trust.console; retention: fifteen idle minutes, eight hours at most, or until signed out';
