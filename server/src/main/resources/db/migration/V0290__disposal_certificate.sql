-- Which line of its disposal a line is, from 1 on, in the order in which lines_sha256 chains them. Lines from before
-- this have none.
alter table disposal add column number bigint;

-- Where the audit leaf of a disposal's mark or end is, when it was made again from the list outside the database after
-- a backup was restored, and whether that list has it as it stands.
alter table disposal_order add column audit_action text;
alter table disposal_order add column audit_slot integer;
alter table disposal_order add column audit_index bigint;
alter table disposal_order add column again_ts bigint;
alter table disposal_order add column listed boolean not null default false;
create index disposal_order_unlisted on disposal_order (marked_ts) where not listed;

-- The certificate of a disposal that is not the schedule's: of a decision's originals, or of an order of files.
create table disposal_certificate (
    certificate_id text primary key,
    kind text not null check (kind in ('decision', 'file')),
    organization text not null,
    room_id text,
    authority text not null,
    reference text not null,
    messages bigint not null,
    first_ts bigint,
    last_ts bigint,
    lines_sha256 bytea not null,
    ended_ts bigint not null,
    ended_by text not null,
    audit_action text not null,
    audit_slot integer not null,
    audit_index bigint not null,
    again_ts bigint,
    listed boolean not null default false
);
comment on table disposal_certificate is 'owner: lanyard.governance.retention; retention: for ever';
create index disposal_certificate_list on disposal_certificate (organization, ended_ts);
create index disposal_certificate_unlisted on disposal_certificate (ended_ts) where not listed;
