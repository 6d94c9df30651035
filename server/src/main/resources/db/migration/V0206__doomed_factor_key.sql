-- Keys of factors of people who have left: destroyed once the transaction that forgot them is durable.

create table doomed_factor_key (
    scope      text        not null,
    key_id     text        not null,
    decided_at timestamptz not null,
    primary key (scope, key_id)
);
comment on table doomed_factor_key is 'owner: lanyard.trust.identity; retention: until the key store has destroyed the key';
