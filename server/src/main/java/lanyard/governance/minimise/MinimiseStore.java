package lanyard.governance.minimise;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns the tables `nudge_count`, `warning_feedback`, `broken_glass` and `induction`.
final class MinimiseStore {
    void count(Tx tx, String organization, LocalDate day, NudgeCount one) {
        tx.update("""
                        insert into nudge_count (organization, day, room_kind, identifier, shown, replaced, kept)
                        values (:organization, :day, :roomKind, :identifier, :shown, :replaced, :kept)
                        on conflict (organization, day, room_kind, identifier) do update
                        set shown = nudge_count.shown + excluded.shown,
                            replaced = nudge_count.replaced + excluded.replaced,
                            kept = nudge_count.kept + excluded.kept
                        """)
                .bind("organization", organization)
                .bind("day", day)
                .bind("roomKind", one.roomKind())
                .bind("identifier", one.identifier())
                .bind("shown", one.shown())
                .bind("replaced", one.replaced())
                .bind("kept", one.kept())
                .execute();
    }

    /// What fewer than [NudgeCount#LEAST_SHOWN] of a day, kind of room and identifier would be is left out.
    List<NudgeCount> counted(Tx tx, String organization, LocalDate since) {
        return tx.query("""
                        select room_kind, identifier, sum(shown) as shown, sum(replaced) as replaced, sum(kept) as kept
                        from nudge_count
                        where organization = :organization and day >= :since
                        group by room_kind, identifier
                        having sum(shown) >= :least
                        order by room_kind, identifier
                        """)
                .bind("organization", organization)
                .bind("since", since)
                .bind("least", NudgeCount.LEAST_SHOWN)
                .map(row -> new NudgeCount(
                        row.getColumn("room_kind", String.class),
                        row.getColumn("identifier", String.class),
                        row.getColumn("shown", Long.class),
                        row.getColumn("replaced", Long.class),
                        row.getColumn("kept", Long.class)))
                .list();
    }

    void feedback(Tx tx, String organization, LocalDate day, String rule, boolean useful) {
        tx.update("""
                        insert into warning_feedback (organization, day, rule, useful, not_useful)
                        values (:organization, :day, :rule, :useful, :notUseful)
                        on conflict (organization, day, rule) do update
                        set useful = warning_feedback.useful + excluded.useful,
                            not_useful = warning_feedback.not_useful + excluded.not_useful
                        """)
                .bind("organization", organization)
                .bind("day", day)
                .bind("rule", rule)
                .bind("useful", useful ? 1 : 0)
                .bind("notUseful", useful ? 0 : 1)
                .execute();
    }

    /// What was said of each rule: how many found it useful, how many did not.
    record Said(String rule, long useful, long notUseful) {}

    List<Said> said(Tx tx, String organization, LocalDate since) {
        return tx.query("""
                        select rule, sum(useful) as useful, sum(not_useful) as not_useful
                        from warning_feedback
                        where organization = :organization and day >= :since
                        group by rule
                        having sum(useful) + sum(not_useful) >= :least
                        order by rule
                        """)
                .bind("organization", organization)
                .bind("since", since)
                .bind("least", NudgeCount.LEAST_SHOWN)
                .map(row -> new Said(
                        row.getColumn("rule", String.class),
                        row.getColumn("useful", Long.class),
                        row.getColumn("not_useful", Long.class)))
                .list();
    }

    /// Its id; empty when this request is there already.
    Optional<Long> broke(Tx tx, String organization, String request, BrokenGlass glass) {
        return tx.query("""
                        insert into broken_glass (organization, person, room_id, what, reason, request_id, at)
                        values (:organization, :person, :room, :what, :reason, :request, :at)
                        on conflict (person, request_id) do nothing
                        returning glass_id
                        """)
                .bind("organization", organization)
                .bind("person", glass.person())
                .bind("room", glass.room())
                .bind("what", glass.what())
                .bind("reason", glass.why().word())
                .bind("request", request)
                .bind("at", glass.at())
                .mapTo(Long.class)
                .findOne();
    }

    /// Not looked at first, then the newest.
    List<BrokenGlass> broken(Tx tx, String organization, int limit) {
        return tx.query("""
                        select glass_id, person, room_id, what, reason, at, looked_by
                        from broken_glass
                        where organization = :organization
                        order by looked_by is not null, at desc
                        limit :limit
                        """)
                .bind("organization", organization)
                .bind("limit", limit)
                .map(row -> new BrokenGlass(
                        row.getColumn("glass_id", Long.class),
                        row.getColumn("person", String.class),
                        row.getColumn("room_id", String.class),
                        row.getColumn("what", String.class),
                        BrokenGlass.Why.valueOf(
                                row.getColumn("reason", String.class).toUpperCase(Locale.ROOT)),
                        row.getColumn("at", Instant.class),
                        Optional.ofNullable(row.getColumn("looked_by", String.class))))
                .list();
    }

    boolean looked(Tx tx, String organization, long id, UserId by, Instant at) {
        return tx.update("""
                                update broken_glass set looked_by = :by, looked_at = :at
                                where organization = :organization and glass_id = :id and looked_by is null
                                """)
                        .bind("organization", organization)
                        .bind("id", id)
                        .bind("by", by.value())
                        .bind("at", at)
                        .execute()
                > 0;
    }

    void accept(Tx tx, UserId person, int version, Instant at) {
        tx.update("""
                        insert into induction (person, version, accepted_at) values (:person, :version, :at)
                        on conflict (person) do update set version = excluded.version, accepted_at = excluded.accepted_at
                        where induction.version < excluded.version
                        """)
                .bind("person", person.value())
                .bind("version", version)
                .bind("at", at)
                .execute();
    }

    /// Who has read it, from after one of them on.
    List<UserId> listInducted(Tx tx, String after, int most) {
        return tx.query("select person from induction where person > :after order by person limit :most")
                .bind("after", after)
                .bind("most", most)
                .map(row -> new UserId(row.getColumn("person", String.class)))
                .list();
    }

    void forgetInduction(Tx tx, UserId person) {
        tx.update("delete from induction where person = :person")
                .bind("person", person.value())
                .execute();
    }

    int accepted(Tx tx, UserId person) {
        return tx.query("select version from induction where person = :person")
                .bind("person", person.value())
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }
}
