-- A decision on its way to the health record and after. `document` and `reason` are sealed; the document goes when the
-- record has acknowledged it.
create table decision (
    id text primary key,
    line bigint generated always as identity,
    request_id text not null,
    room_id text not null,
    organization text not null,
    patient_id text not null,
    author text not null,
    decider text not null,
    decided_ts bigint not null,
    written_ts bigint not null,
    summary_event_id text not null,
    sink text not null check (sink in ('fhir', 'folder')),
    status text not null check (status in ('waiting', 'in_record', 'saved_to_folder', 'refused', 'disposed')),
    document bytea,
    reason bytea,
    reference text,
    attempts integer not null default 0,
    next_attempt_ts bigint not null,
    acknowledged_ts bigint,
    originals_go_ts bigint,
    looked_at_ts bigint not null default 0,
    undelivered boolean not null default false,
    disposed_ts bigint,
    unique (author, request_id),
    check ((document is null) = (acknowledged_ts is not null))
);
comment on table decision is 'owner: lanyard.governance.carerecord; retention: the sealed document until the record acknowledges it, the line as long as the record it names';
create index decision_due on decision (next_attempt_ts) where status = 'waiting';
create index decision_line_of_patient on decision (patient_id, line) where status = 'waiting';
create index decision_of_room on decision (room_id, line);
create index decision_releasable on decision (looked_at_ts, originals_go_ts) where status in ('in_record', 'saved_to_folder');

create table decision_source (
    decision_id text not null references decision (id),
    place integer not null,
    event_id text not null,
    sender text not null,
    sha256 bytea not null,
    primary key (decision_id, place)
);
comment on table decision_source is 'owner: lanyard.governance.carerecord; retention: as its decision';
create index decision_source_event on decision_source (event_id);

create table decision_query (
    decision_id text not null references decision (id),
    user_id text not null,
    queried_ts bigint not null,
    primary key (decision_id, user_id)
);
comment on table decision_query is 'owner: lanyard.governance.carerecord; retention: until withdrawn, else as its decision';
