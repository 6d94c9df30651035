-- Months of the custodian of which nothing is left to open: their key is destroyed and their mail gone.
alter table custodian_month add column forgotten boolean not null default false;

-- Why a file that was sent may go: it is in the record, or a clinician has said why it is not needed there.
create table file_release (
    media_id text primary key,
    how text not null check (how in ('in_record', 'not_needed')),
    released_by text not null,
    released_ts bigint not null,
    reason text not null
);
comment on table file_release is 'owner: lanyard.governance.retention; retention: for ever, it is the authority for destroying the file';

-- Files that retention has run out of and nobody has released.
create table file_waiting (
    media_id text primary key,
    organization text not null,
    owner text not null,
    uploaded_ts bigint not null
);
comment on table file_waiting is 'owner: lanyard.governance.retention; retention: until the file is released or destroyed';
create index file_waiting_list on file_waiting (organization, uploaded_ts);
