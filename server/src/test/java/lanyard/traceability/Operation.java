package lanyard.traceability;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One line of the ledger of Matrix's client-server operations, `matrix/operations.csv`.
record Operation(String method, String path, String operationId, String kind, String section, String status) {
    static final String SERVED = "served";
    static final String REFUSED = "refused: ";
    static final String NOT_YET = "not yet";
    static final String HEADING = "method,path,operationId,class,section,status";

    String route() {
        return method + " " + path;
    }

    /// The error code that the operation always answers, where it was decided not to offer it.
    Optional<String> refusal() {
        return isRefused() ? Optional.of(status.substring(REFUSED.length())) : Optional.empty();
    }

    boolean isRefused() {
        return status.startsWith(REFUSED);
    }

    /// What has no route is unrecognised without one.
    boolean isRefusedByRoute() {
        return isRefused() && !status.endsWith("M_UNRECOGNIZED");
    }

    Operation withStatus(String other) {
        return new Operation(method, path, operationId, kind, section, other);
    }

    static List<Operation> parse(String csv) {
        return csv.lines()
                .skip(1)
                .map(Operation::cells)
                .map(cells -> new Operation(
                        cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5)))
                .toList();
    }

    static String csv(List<Operation> ledger) {
        return ledger.stream()
                .map(row -> Stream.of(row.method, row.path, row.operationId, row.kind, row.section, row.status)
                        .map(cell -> cell.contains(",") ? '"' + cell + '"' : cell)
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", HEADING + "\n", "\n"));
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
