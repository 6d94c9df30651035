-- A case whose time is over: marked, then destroyed. `files` are the files of the case whose keys are still to be destroyed.
create table case_disposal (
    case_id text primary key,
    organization text not null,
    kind text not null,
    closed_ts bigint not null,
    state text not null check (state in ('marked', 'called_off', 'destroying', 'destroyed')),
    marked_ts bigint not null,
    destroy_from_ts bigint not null,
    ended_ts bigint,
    messages integer not null default 0,
    files text[] not null default '{}'
);
create index case_disposal_state on case_disposal (state, destroy_from_ts);
comment on table case_disposal is 'owner: lanyard.governance.disclosure; retention: kept: it proves that what a case kept was destroyed lawfully';
