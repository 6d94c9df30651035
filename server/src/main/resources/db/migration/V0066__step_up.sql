-- When somebody last proved themselves again on a device that was signed in.

alter table device add column stepped_up_at timestamptz;
comment on column device.stepped_up_at is 'counts for five minutes, for this device alone';
