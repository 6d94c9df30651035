-- The register of an organisation's patients. Nothing in it can be read without the organisation's key.
create table patient (
    id text primary key,
    organization text not null,
    lookup bytea not null,
    sealed bytea not null,
    registered_ts bigint not null,
    unique (organization, lookup)
);
comment on table patient is 'owner: lanyard.messaging.patient; retention: while a room or a decision refers to the patient';

create table room_patient (
    room_id text primary key,
    patient_id text not null references patient (id),
    version integer not null check (version > 0),
    linked_by text not null,
    linked_ts bigint not null
);
comment on table room_patient is 'owner: lanyard.messaging.patient; retention: as long as the room';
create index room_patient_of on room_patient (patient_id);
