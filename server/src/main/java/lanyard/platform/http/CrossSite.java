package lanyard.platform.http;

import java.util.Locale;
import java.util.Set;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Keeps other sites' pages from acting through a colleague's browser.
///
/// What could go wrong: a page that a colleague happens to look at sends a form whose text reads as JSON, and signs
/// their browser in as somebody else, who then reads what they write. A browser sends such a form without asking
/// (<https://fetch.spec.whatwg.org/#cors-safelisted-request-header>), but only under three content types, and says
/// where it comes from. Matrix's own routes take no cookie and set none; of those only the sign-in is looked at.
final class CrossSite {
    private static final Set<String> FORMS =
            Set.of("text/plain", "multipart/form-data", "application/x-www-form-urlencoded");
    private static final Set<String> SIGN_IN = Set.of("/_matrix/client/v3/login", "/_matrix/client/r0/login");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private CrossSite() {}

    /// Errors: 415 `M_NOT_JSON` for a form's content type, `M_FORBIDDEN` for another site's page.
    static void refuse(Exchange exchange) {
        if (SAFE.contains(exchange.method())) {
            return;
        }
        if (exchange.path().startsWith("/_lanyard/")) {
            refuseForms(exchange, true);
            exchange.header("Sec-Fetch-Site")
                    .filter(site -> site.equals("cross-site") || site.equals("same-site"))
                    .ifPresent(_ -> {
                        throw new MatrixException(
                                ErrorCode.M_FORBIDDEN, "That came from another site's page, so nothing was done.");
                    });
        } else if (SIGN_IN.contains(exchange.path())) {
            // What curl sends unless told otherwise cannot be a form: a form's braces would be encoded.
            refuseForms(exchange, false);
        }
    }

    private static void refuseForms(Exchange exchange, boolean encodedToo) {
        var type = exchange.header("Content-Type")
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
        if (FORMS.contains(type) && (encodedToo || !type.startsWith("application/"))) {
            throw new MatrixException(ErrorCode.M_NOT_JSON, "Send JSON, with the content type application/json.")
                    .status(415);
        }
    }
}
