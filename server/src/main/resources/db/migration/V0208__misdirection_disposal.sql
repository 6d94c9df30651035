-- Cases of misdirection go six years after their month, and its key with them.

create table misdirection_month_to_destroy (
    month      text        primary key,
    decided_at timestamptz not null
);
comment on table misdirection_month_to_destroy is 'owner: lanyard.governance.misdirection; retention: until the key store has destroyed the key';
create index misdirection_reported on misdirection (reported_at);
create index misdirection_month on misdirection (why_key);
