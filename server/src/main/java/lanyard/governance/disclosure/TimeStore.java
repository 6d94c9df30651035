package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns `disclosure_time`.
final class TimeStore {
    void add(Tx tx, CaseId id, TimeSpent time) {
        tx.update("""
                        insert into disclosure_time (case_id, n, by_user, day, minutes, task)
                        select :id, coalesce(max(n), 0) + 1, :by, :day, :minutes, :task
                        from disclosure_time where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("by", time.by().value())
                .bind("day", time.day())
                .bind("minutes", time.minutes())
                .bind("task", time.task().word())
                .execute();
    }

    List<TimeSpent> list(Tx tx, CaseId id) {
        return tx.query("select by_user, day, minutes, task from disclosure_time where case_id = :id order by n")
                .bind("id", id.value())
                .map(row -> new TimeSpent(
                        new UserId(row.getColumn("by_user", String.class)),
                        row.getColumn("day", LocalDate.class),
                        row.getColumn("minutes", Integer.class),
                        TimeSpent.Task.find(row.getColumn("task", String.class)).orElseThrow()))
                .list();
    }
}
