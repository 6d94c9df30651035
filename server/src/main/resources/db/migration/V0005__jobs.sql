-- db-scheduler's one table, in the columns it asks for.
create table job (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);

create index job_due on job (execution_time);

create index job_heartbeat on job (last_heartbeat);

comment on table job is 'owner: lanyard.platform.jobs; retention: one row for each job while it exists, nothing about a person';
