package lanyard.trust.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import lanyard.platform.http.Reply;

/// A table as a file that spreadsheets open (RFC 4180).
///
/// What could go wrong: a cell that begins like a formula is run by the spreadsheet of whoever opens the file
/// (<https://owasp.org/www-community/attacks/CSV_Injection>). So such a cell gets an apostrophe in front, and every
/// cell is quoted.
public final class Csv {
    private static final String FORMULA = "=+-@\t\r\n|%";

    private Csv() {}

    /// `name` without its ending, of plain letters, digits and dashes.
    public static Reply file(String name, List<List<String>> rows) {
        if (!name.matches("[a-z0-9-]{1,60}")) {
            throw new IllegalArgumentException("a file's name has plain letters, digits and dashes");
        }
        return Reply.bytes("text/csv; charset=utf-8", text(rows).getBytes(StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
    }

    static String text(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String cell(String text) {
        var inert = beginsLikeFormula(text) || beginsLikeFormula(text.stripLeading()) ? "'" + text : text;
        return "\"" + inert.replace("\"", "\"\"") + "\"";
    }

    private static boolean beginsLikeFormula(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    }
}
