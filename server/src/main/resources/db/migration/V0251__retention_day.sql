-- The days on which retention has run. The keys of months wait for as many as backups are kept: one look at a clock that
-- is wrong is one day. Months whose backups run out already count from here.
create table retention_day (day date primary key);
comment on table retention_day is 'owner: lanyard.governance.retention; retention: for ever, one date a day';
alter table room_month add column unused_day integer;
update room_month set unused_day = 0 where unused_ts is not null;
alter table room_month add constraint room_month_unused check ((unused_ts is null) = (unused_day is null));
