package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.traceability.SourceTexts;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final String OWNER = "lanyard.trust.identity";
    private static final Map<String, String> PERSON = Map.of("person", "owner: " + OWNER + "; retention: employment");

    @Test
    void everyTableHasOneOwnerAndOneRetentionLine() {
        try (var database = TestDatabase.fresh()) {
            assertThat(Tables.violations(comments(database), SourceTexts.literalsByPackage(SourceTexts.PRODUCTION)))
                    .isEmpty();
        }
    }

    @Test
    void aTableWithoutTheCommentIsFoundInTheDatabase() {
        try (var database = TestDatabase.fresh()) {
            database.write(tx -> tx.update("create table planted (id bigint)").execute());
            assertThat(Tables.violations(comments(database), Map.of()))
                    .contains("Table planted needs the comment 'owner: <package>; retention: <line>'.");
        }
    }

    /// Flyway's own table is the only one that is nobody's.
    private static Map<String, String> comments(Database database) {
        return database
                .read(tx -> tx.query("""
                        select relname, coalesce(obj_description(oid, 'pg_class'), '') as comment
                        from pg_class
                        where relkind in ('r', 'p') and not relispartition
                          and relnamespace = 'public'::regnamespace and relname <> 'flyway_schema_history'
                        """)
                        .map(row -> Map.entry(
                                row.getColumn("relname", String.class), row.getColumn("comment", String.class)))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void aSecondPackageWhoseSqlNamesTheTableIsFound() {
        var ours = List.of("select id from person where id = :id");
        assertThat(Tables.violations(PERSON, Map.of(OWNER, ours))).isEmpty();
        for (var theirs : List.of(
                "select 1 from person",
                "insert into person (id) values (:id)",
                "update person set name = :name",
                "delete from only person",
                "with a as (select 1) select b from c\njoin person using (id)")) {
            assertThat(Tables.violations(PERSON, Map.of(OWNER, ours, "lanyard.messaging.room", List.of(theirs))))
                    .containsExactly(
                            "Table person is " + OWNER + "'s, but lanyard.messaging.room has SQL that names it.");
        }
    }

    @Test
    void proseAndColumnsAreNotSql() {
        var ours = List.of("select id from person");
        for (var theirs : List.of("We cannot select a name from person.", "select person from room", "person", "")) {
            assertThat(Tables.violations(PERSON, Map.of(OWNER, ours, "lanyard.messaging.room", List.of(theirs))))
                    .isEmpty();
        }
    }

    @Test
    void aTableThatItsOwnerNeverNamesIsFound() {
        assertThat(Tables.violations(PERSON, Map.of(OWNER, List.of("select 1"))))
                .containsExactly("Table person is said to be " + OWNER + "'s, which never names it.");
        assertThat(Tables.violations(PERSON, Map.of(OWNER, List.of("person")))).isEmpty();
    }
}
