-- Whom each room ever was about: a hold on a patient covers a room that has since been linked to another.
create table room_patient_ever (
    room_id text not null,
    patient_id text not null references patient (id),
    primary key (room_id, patient_id)
);
comment on table room_patient_ever is 'owner: lanyard.messaging.patient; retention: as long as the room';
create index room_patient_ever_of on room_patient_ever (patient_id);

insert into room_patient_ever (room_id, patient_id) select room_id, patient_id from room_patient;
