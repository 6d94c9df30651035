package lanyard.traceability;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lanyard.traceability.DeclaredRoutes.Declared;

/// Holds what the server declares against the ledger of what the specification knows.
final class RouteLedger {
    private static final List<String> KINDS = List.of("A", "B", "C", "D", "dup", "U");

    private final List<Operation> operations;
    private final List<Declared> declared;

    RouteLedger(List<Operation> operations, List<Declared> declared) {
        this.operations = operations;
        this.declared = declared.stream().filter(RouteLedger::isMatrix).toList();
    }

    private static boolean isMatrix(Declared route) {
        return route.route().contains(" /_matrix/") || route.route().contains(" /.well-known/matrix/");
    }

    /// One sentence for each route the specification does not have so.
    List<String> violations() {
        var found = new ArrayList<String>();
        for (var route : declared) {
            var candidates = operations.stream()
                    .filter(operation -> answers(route, operation))
                    .toList();
            if (candidates.isEmpty()) {
                found.add(route.route() + " is in no line of matrix/operations.csv; a path outside the specification"
                        + " gets a line of class U.");
            } else if (candidates.stream().noneMatch(operation -> isNamedAfter(route.handler(), operation))) {
                found.add(route.route() + " is answered by '" + route.handler() + "'; name it "
                        + candidates.getFirst().operationId() + ".");
            }
        }
        return found;
    }

    private static boolean answers(Declared route, Operation operation) {
        return plain(route.route()).equals(plain(operation.route()));
    }

    /// A final slash, and an empty state key behind one, do not make another operation.
    private static String plain(String route) {
        return route.replaceAll("/state/\\{eventType}(/|/\\{stateKey})?$", "/state/{eventType}")
                .replaceAll("/$", "");
    }

    /// One handler may answer several operations whose names begin with its own: `getRoomKeys` answers
    /// `getRoomKeysByRoomId` and `getRoomKeyBySessionId`. The specification's one `logout_all` may be `logoutAll`.
    private static boolean isNamedAfter(String handler, Operation operation) {
        var wanted = operation.operationId().replace("_", "").toLowerCase(Locale.ROOT);
        var name = handler.toLowerCase(Locale.ROOT);
        return operation.kind().equals("U")
                || (!name.isEmpty() && (wanted.startsWith(name) || name.equals(wanted.replaceAll("by.*", "s"))));
    }

    /// The ledger with what is served marked so.
    List<Operation> current() {
        return operations.stream()
                .map(operation -> {
                    if (operation.kind().equals("dup")) {
                        return operation;
                    }
                    if (declared.stream().anyMatch(route -> answers(route, operation))) {
                        // A refusal of its own has a route; what is merely not there becomes served with its first.
                        return operation.isRefusedByRoute() ? operation : operation.withStatus(Operation.SERVED);
                    }
                    return operation.status().equals(Operation.SERVED)
                            ? operation.withStatus(Operation.NOT_YET)
                            : operation;
                })
                .toList();
    }

    String document() {
        var now = current();
        var text = new StringBuilder("""
                # Which of Matrix's client-server operations answer

                Made from `server/src/main/resources/matrix/operations.csv` and the routes in the code by
                `RouteLedgerTest`; do not edit. Classes: A every client needs it · B a usable product needs it ·
                C optional · D deprecated · dup the same address as another operation · U outside the specification.
                What is *refused* answers with that error code, always: it is decided, not forgotten.

                | class | operations | served | refused |
                |---|---|---|---|
                """);
        for (var kind : KINDS) {
            var ofKind = now.stream().filter(row -> row.kind().equals(kind)).toList();
            var served = ofKind.stream()
                    .filter(row -> row.status().equals(Operation.SERVED))
                    .count();
            var refused = ofKind.stream().filter(Operation::isRefused).count();
            text.append("| %s | %d | %d | %d |%n".formatted(kind, ofKind.size(), served, refused));
        }
        now.stream().map(Operation::section).distinct().forEach(section -> text.append(section(section, now)));
        return text.toString();
    }

    private static String section(String section, List<Operation> now) {
        return now.stream()
                .filter(row -> row.section().equals(section))
                .map(row -> "| `%s` | `%s` | %s | %s |%n"
                        .formatted(row.route(), row.operationId(), row.kind(), row.status()))
                .collect(Collectors.joining(
                        "",
                        "\n## " + section + "\n\n| operation | operationId | class | status |\n|---|---|---|---|\n",
                        ""));
    }
}
