-- The keys of rooms' months of which something was disposed of: how far each is on its way to being destroyed.
create table room_month (
    room_id text not null,
    month text not null,
    look_ts bigint not null default 0,
    unused_ts bigint,
    held boolean not null default false,
    destroyed_ts bigint,
    primary key (room_id, month)
);
create index room_month_to_look on room_month (look_ts) where destroyed_ts is null;
comment on table room_month is 'owner: lanyard.governance.retention; retention: as the stubs of its room';

insert into room_month (room_id, month)
select distinct r.room_id, to_char(to_timestamp(e.ts / 1000.0) at time zone 'UTC', 'YYYY-MM')
from event e join room r on r.room_nid = e.room_nid
where e.pruned_ts is not null;
