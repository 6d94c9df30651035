-- Files that retention has run out of, marked together: between the mark and their destruction it can be called off.
create table file_order (
    order_id text primary key,
    organization text not null,
    policy_version integer not null,
    files integer not null,
    marked_ts bigint not null,
    destroy_from_ts bigint not null,
    state text not null check (state in ('marked', 'destroying', 'destroyed', 'called_off')),
    gone integer not null default 0,
    ended_by text,
    ended_ts bigint,
    reason text
);
comment on table file_order is 'owner: lanyard.governance.retention; retention: for ever, it is the certificate of what went';
create index file_order_due on file_order (destroy_from_ts) where state in ('marked', 'destroying');
create index file_order_list on file_order (organization, marked_ts);

-- Which files an order is about: its newest, where an earlier one was called off.
create table file_mark (
    media_id text primary key,
    order_id text not null references file_order,
    gone boolean not null default false
);
comment on table file_mark is 'owner: lanyard.governance.retention; retention: with its order; a file that stayed is not listed any more';
create index file_mark_of_order on file_mark (order_id);
