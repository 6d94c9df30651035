-- How much of somebody who has left is forgotten.

alter table person add column forgotten text check (forgotten in ('factors', 'name'));
comment on column person.forgotten is 'of somebody who has left: factors, what proved who they were is gone with its keys; name, their name, role and registration too';
create index person_to_forget on person (ended_at) where ended_at is not null and forgotten is distinct from 'name';
