-- An answer has room for so many messages; its token covers those that had to wait too, and does not acknowledge them.
-- owner and retention: as the table
alter table to_device add column held_back boolean not null default false;
