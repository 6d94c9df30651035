package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lanyard.traceability.DeclaredRoutes.Declared;
import org.junit.jupiter.api.Test;

class RouteLedgerTest {
    private static final Path LEDGER = Path.of("src/main/resources/matrix/operations.csv");
    private static final Path COVERAGE = Path.of("../docs/coverage.md");
    private static final List<Operation> OPERATIONS = Operation.parse(Generated.read(LEDGER));

    private static RouteLedger ledger(Declared... routes) {
        return new RouteLedger(OPERATIONS, List.of(routes));
    }

    private static RouteLedger real() {
        return new RouteLedger(OPERATIONS, DeclaredRoutes.in(SourceTexts.sources(SourceTexts.PRODUCTION)));
    }

    @Test
    void theLedgerHoldsThe166OperationsOfTheSpecification() {
        assertThat(OPERATIONS.stream().filter(row -> !row.kind().equals("U"))).hasSize(166);
        assertThat(OPERATIONS.stream().map(Operation::operationId)).doesNotHaveDuplicates();
        assertThat(Operation.csv(OPERATIONS)).isEqualTo(Generated.read(LEDGER));
    }

    @Test
    void everyMatrixRouteHasTheSpecificationsMethodPathAndName() {
        assertThat(real().violations()).isEmpty();
    }

    @Test
    void theLedgerAndTheCoverageTableAreUpToDate() {
        Generated.check(LEDGER, Operation.csv(real().current()), RouteLedgerTest.class);
        Generated.check(COVERAGE, real().document(), RouteLedgerTest.class);
    }

    @Test
    void aRouteTheSpecificationDoesNotHaveIsFound() {
        assertThat(ledger(new Declared("GET /_matrix/client/v3/whoami", "whoami"))
                        .violations())
                .hasSize(1);
        assertThat(ledger(new Declared("POST /_matrix/client/v3/sync", "sync")).violations())
                .hasSize(1);
        assertThat(ledger(new Declared("GET /_matrix/client/v3/rooms/{room}/state", "getRoomState"))
                        .violations())
                .hasSize(1);
        assertThat(ledger(new Declared("GET /_lanyard/v1/about", "about")).violations())
                .isEmpty();
    }

    @Test
    void aHandlerWithANameOfItsOwnIsFound() {
        assertThat(ledger(new Declared("POST /_matrix/client/v3/keys/query", "handleQuery"))
                        .violations())
                .containsExactly("POST /_matrix/client/v3/keys/query is answered by 'handleQuery'; name it queryKeys.");
        assertThat(ledger(new Declared("POST /_matrix/client/v3/keys/query", ""))
                        .violations())
                .hasSize(1);
    }

    @Test
    void anEmptyStateKeyIsTheSameOperation() {
        var state = "PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}";
        assertThat(ledger(new Declared(state, "setRoomStateWithKey"), new Declared(state + "/", "setRoomStateWithKey"))
                        .violations())
                .isEmpty();
    }

    @Test
    void constantsLoopsAndLambdasAreFollowed() {
        var source = """
                class Planted {
                    static final String BASE = "/a";
                    static final String DEEP = BASE + "/b";
                    void addTo(Routes routes) {
                        routes.add("GET " + DEEP + "/{c}", this::one);
                        routes.add("PUT /x", x -> two(x, ""));
                        for (var path : List.of(BASE, DEEP)) {
                            routes.add("POST " + path, x -> three(x));
                        }
                        list.add("GET up");
                    }
                }
                """;
        assertThat(DeclaredRoutes.in(Map.of("Planted.java", source)))
                .containsExactly(
                        new Declared("GET /a/b/{c}", "one"),
                        new Declared("PUT /x", "two"),
                        new Declared("POST /a", "three"),
                        new Declared("POST /a/b", "three"));
    }
}
