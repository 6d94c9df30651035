-- A month's device that clients must not seal to any more, because its secret may have been learnt.
alter table custodian_month add column revoked_ts bigint;
