package lanyard.trust.console;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.MultipartForm;
import lanyard.platform.http.QueryString;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// The ground's part in every form.
///
/// What could go wrong: another site's page sends a form with a colleague's cookie. The cookie is not sent then
/// (SameSite=Strict); were it, the form would not come from our origin; did it, it would not know the session's token.
final class Forms {
    /// The page a form stands on, which is shown again when it is refused.
    static final String PAGE = "_page";

    static final String CSRF = "_csrf";
    static final String CODE = "_code";
    static final String CREDENTIAL = "_credential";
    static final String TO = "_to";
    /// Whose form it is: what somebody typed is never sent by another who signs in after them.
    static final String WHO = "_who";
    /// Where a form goes that waits for its person to sign in again, and what its fields are called meanwhile.
    static final String AGAIN = "_again";

    static final String WAITING = "_waiting.";

    /// More than anybody types: a text that is too long is refused beside its field, with the form.
    private static final int LARGEST = 2 * 1024 * 1024;
    /// A photo as a phone takes it.
    private static final int LARGEST_WITH_FILES = 12 * 1024 * 1024;
    private static final Pattern SECRET = Pattern.compile("(?i).*(passphrase|password|passcode|sealed|token|code).*");
    private static final Pattern OURS = Pattern.compile("/console(/[A-Za-z0-9._~%!$:@=-]+)*(\\?[^\\s\\\\]{0,2000})?");

    private Forms() {}

    /// Errors: `M_FORBIDDEN` for what another site's page sent.
    static ConsoleForm read(Exchange exchange) {
        requireOurOrigin(exchange);
        if (!MultipartForm.typeOf(exchange).equals("application/x-www-form-urlencoded")) {
            throw new MatrixException(ErrorCode.M_UNKNOWN, "This address takes a form.").status(415);
        }
        var body = new String(exchange.bytes(LARGEST), StandardCharsets.UTF_8);
        return new ConsoleForm(QueryString.parse(body));
    }

    /// The same where a file may come along, of somebody who is signed in and may send it.
    static ConsoleForm readSent(Exchange exchange) {
        if (!MultipartForm.typeOf(exchange).equals(MultipartForm.TYPE)) {
            return read(exchange);
        }
        requireOurOrigin(exchange);
        var form = MultipartForm.read(exchange, LARGEST_WITH_FILES);
        return new ConsoleForm(form.fields(), form.files());
    }

    /// What goes back into a page only by its person's own hand.
    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /// What was typed and sent, once more; nothing where it is no form of ours or cannot be read.
    static ConsoleForm readAgain(Exchange exchange) {
        if (!exchange.method().equals("POST")) {
            return ConsoleForm.EMPTY;
        }
        try {
            return read(exchange);
        } catch (MatrixException unreadable) {
            return ConsoleForm.EMPTY;
        }
    }

    static void requireOurOrigin(Exchange exchange) {
        var site = exchange.header("Sec-Fetch-Site");
        var foreign = site.filter(name -> !name.equals("same-origin")).isPresent();
        var same = exchange.header("Origin")
                .map(origin -> origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", ""))
                .map(authority -> authority.equals(exchange.host()))
                .orElse(site.isPresent());
        if (foreign || !same) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "That came from another site, so nothing was done.");
        }
    }

    /// Where to go on: a page of the console's, whatever was asked for.
    static String ours(String path) {
        return OURS.matcher(path).matches() ? path : "/console";
    }
}
