package lanyard.trust.oauth;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// What the register says of an app.
///
/// @param software its name, as people know it
/// @param clientHost the host of the page that is about it, which it names itself by
/// @param redirectHosts where a sign-in may be handed back to: hosts, the schemes of apps on a phone, or `localhost`
/// @param unmetTips what the guidance asks and this app cannot do
/// @param reviewDate after it nobody new signs in with the app
/// @param clinical approved for clinical rooms; no app is unless somebody says so
/// @param bound its tokens must be bound to a key of the phone's: RFC 9449
record AppEntry(
        String software,
        String clientHost,
        List<String> redirectHosts,
        String purpose,
        String approvedFor,
        String notApprovedFor,
        List<String> unmetTips,
        String dpiaReference,
        LocalDate reviewDate,
        boolean clinical,
        boolean bound) {
    /// As RFC 9449, section 5.2 spells it.
    static final String BOUND = "dpop_bound_access_tokens";

    private static final int LONGEST = 500;
    private static final int MOST = 20;
    private static final String HOST = "[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?";

    AppEntry {
        redirectHosts = List.copyOf(redirectHosts);
        unmetTips = List.copyOf(unmetTips);
    }

    /// Errors: `M_MISSING_PARAM`, `M_BAD_JSON`, `M_INVALID_PARAM`.
    static AppEntry of(ObjectNode json) {
        var redirects = texts(json, "redirect_hosts").stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        var entry = new AppEntry(
                text(json, "software"),
                text(json, "client_host").toLowerCase(Locale.ROOT),
                redirects,
                text(json, "purpose"),
                text(json, "approved_for"),
                text(json, "not_approved_for"),
                texts(json, "unmet_tips"),
                text(json, "dpia_reference"),
                date(text(json, "review_date")),
                Json.optionalBoolean(json, "clinical").orElse(false),
                Json.optionalBoolean(json, BOUND).orElse(false));
        if (!entry.clientHost.matches(HOST) || !entry.redirectHosts.stream().allMatch(host -> host.matches(HOST))) {
            throw invalid("Give hosts alone, for example app.example.org.");
        }
        return entry;
    }

    ObjectNode json() {
        var json = Json.object().put("software", software).put("client_host", clientHost);
        redirectHosts.forEach(json.putArray("redirect_hosts")::add);
        json.put("purpose", purpose).put("approved_for", approvedFor).put("not_approved_for", notApprovedFor);
        unmetTips.forEach(json.putArray("unmet_tips")::add);
        return json.put("dpia_reference", dpiaReference)
                .put("review_date", reviewDate.toString())
                .put("clinical", clinical)
                .put(BOUND, bound);
    }

    /// Whether sessions begun under `this` go on under `next`.
    boolean isWithin(AppEntry next) {
        return next.clientHost.equals(clientHost)
                && next.redirectHosts.containsAll(redirectHosts)
                && next.clinical == clinical
                && (bound || !next.bound);
    }

    private static String text(ObjectNode json, String field) {
        return shortText(Json.text(json, field).strip());
    }

    private static String shortText(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw invalid("Each part of the entry has 1 to " + LONGEST + " characters.");
        }
        return text;
    }

    private static List<String> texts(ObjectNode json, String field) {
        var texts = new ArrayList<String>();
        for (var text : Json.arrayField(json, field)) {
            if (!text.isString() || texts.size() == MOST) {
                throw invalid(field + " is a list of up to " + MOST + " texts.");
            }
            texts.add(shortText(text.stringValue().strip()));
        }
        return texts;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("review_date is a date, for example 2027-04-30.");
        }
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }
}
