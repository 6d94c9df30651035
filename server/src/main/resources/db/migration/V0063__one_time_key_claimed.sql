-- A claimed key stays for a week: a device that uploads it again, because the answer to its first upload was lost, must
-- not bring it back to life.
alter table one_time_key add column claimed_ts bigint;
create index one_time_key_unclaimed on one_time_key (user_id, device_id, algorithm, seq) where claimed_ts is null;
create index one_time_key_claimed on one_time_key (claimed_ts) where claimed_ts is not null;
comment on table one_time_key is 'owner: lanyard.messaging.encryption; retention: 7 days after it was claimed, or as long as the device';
