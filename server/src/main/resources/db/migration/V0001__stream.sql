-- Sixteen reusable writer slots. Every batch moves its slot's position and so checks the epoch.
create table writer_slot (
    slot smallint primary key check (slot between 0 and 15),
    epoch bigint not null default 0,
    position bigint not null default 0,
    holder text
) with (fillfactor = 50);
comment on table writer_slot is 'owner: lanyard.platform.stream; retention: for ever, no personal data';
insert into writer_slot (slot) select generate_series(0, 15);

-- Differs after every restore from backup, so that old sync tokens are recognised.
create table database_incarnation (
    singleton boolean primary key default true check (singleton),
    incarnation text not null
);
comment on table database_incarnation is 'owner: lanyard.platform.stream; retention: for ever, no personal data';
insert into database_incarnation (incarnation) values (substr(md5(random()::text || clock_timestamp()::text), 1, 12));
