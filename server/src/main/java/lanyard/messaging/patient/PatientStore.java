package lanyard.messaging.patient;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Owns the tables `patient`, `room_patient` and `room_patient_ever`.
final class PatientStore {
    record Row(PatientId id, byte[] sealed) {}

    Optional<Row> findByLookup(Tx tx, String organization, byte[] lookup) {
        return tx.query("""
                        select id, sealed
                        from patient
                        where organization = :organization and lookup = :lookup
                        """)
                .bind("organization", organization)
                .bind("lookup", lookup)
                .map(row -> new Row(
                        new PatientId(row.getColumn("id", String.class)), row.getColumn("sealed", byte[].class)))
                .findOne();
    }

    Optional<byte[]> find(Tx tx, String organization, PatientId id) {
        return tx.query("""
                        select sealed
                        from patient
                        where organization = :organization and id = :id
                        """)
                .bind("organization", organization)
                .bind("id", id.value())
                .mapTo(byte[].class)
                .findOne();
    }

    void insert(Tx tx, String organization, byte[] lookup, Row row, Instant now) {
        tx.update("""
                        insert into patient (id, organization, lookup, sealed, registered_ts)
                        values (:id, :organization, :lookup, :sealed, :now)
                        """)
                .bind("id", row.id().value())
                .bind("organization", organization)
                .bind("lookup", lookup)
                .bind("sealed", row.sealed())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void reseal(Tx tx, Row row) {
        tx.update("""
                        update patient
                        set sealed = :sealed
                        where id = :id
                        """).bind("id", row.id().value()).bind("sealed", row.sealed()).execute();
    }

    Optional<PatientLink> linkedTo(Tx tx, RoomId room) {
        return tx.query("""
                        select patient_id, version
                        from room_patient
                        where room_id = :room
                        """)
                .bind("room", room.value())
                .map(row -> new PatientLink(
                        new PatientId(row.getColumn("patient_id", String.class)),
                        row.getColumn("version", Integer.class)))
                .findOne();
    }

    void link(Tx tx, RoomId room, PatientLink link, UserId by, Instant now) {
        tx.update("""
                        insert into room_patient (room_id, patient_id, version, linked_by, linked_ts)
                        values (:room, :patient, :version, :by, :now)
                        on conflict (room_id) do update
                        set patient_id = excluded.patient_id, version = excluded.version,
                            linked_by = excluded.linked_by, linked_ts = excluded.linked_ts
                        """)
                .bind("room", room.value())
                .bind("patient", link.patient().value())
                .bind("version", link.version())
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .execute();
        remember(tx, room, link.patient());
    }

    private static void remember(Tx tx, RoomId room, PatientId patient) {
        tx.update("""
                        insert into room_patient_ever (room_id, patient_id)
                        values (:room, :patient)
                        on conflict do nothing
                        """)
                .bind("room", room.value())
                .bind("patient", patient.value())
                .execute();
    }

    List<String> listEverLinkedTo(Tx tx, Collection<RoomId> rooms) {
        return tx.query("select distinct patient_id from room_patient_ever where room_id = any(:rooms)")
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .mapTo(String.class)
                .list();
    }

    List<RoomId> listRoomsEver(Tx tx, PatientId patient) {
        return tx
                .query("select room_id from room_patient_ever where patient_id = :patient order by room_id")
                .bind("patient", patient.value())
                .mapTo(String.class)
                .list()
                .stream()
                .map(RoomId::new)
                .toList();
    }
}
