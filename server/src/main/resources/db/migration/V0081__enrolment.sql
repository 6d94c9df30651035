-- First days, and what a wiped phone means for the next one.

alter table person add column invited_until timestamptz;
alter table person add column wiped_at timestamptz;
comment on column person.invited_until is 'the password is the code of an invitation, good until then; empty for one of their own';
comment on column person.wiped_at is 'when a phone of theirs was last wiped';
