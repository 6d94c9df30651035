alter table pusher add column told_ts bigint not null default 0;
