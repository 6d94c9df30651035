-- Leavers: when somebody's account ends by itself, and whether they have been taken out of their rooms.

alter table person add column ends_at timestamptz;
alter table person add column rooms_left_at timestamptz;
create index person_ending on person (ends_at) where ends_at is not null and ended_at is null;
create index person_in_rooms on person (ended_at) where ended_at is not null and rooms_left_at is null;
comment on column person.ends_at is 'the account ends by itself then; empty for no end that is known';
comment on column person.rooms_left_at is 'when somebody who left was out of every room; empty while that is under way';

create table leaver_token (
    token_hash bytea       primary key,
    user_id    text        not null references person (user_id) on delete cascade,
    ended_at   timestamptz not null
);
create index leaver_token_of_person on leaver_token (user_id);
comment on table leaver_token is 'owner: lanyard.trust.identity; retention: thirty days, so that a phone which would renew its session is told why it ended';
