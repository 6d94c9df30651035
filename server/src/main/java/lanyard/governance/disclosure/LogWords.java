package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;

/// What was done in a case, as its log says it after the name of who did it.
final class LogWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    private final JsonNode details;
    private final Map<UserId, String> names;

    private LogWords(JsonNode details, Map<UserId, String> names) {
        this.details = details;
        this.names = names;
    }

    /// Empty for a code without words, which a test does not let be.
    static Optional<String> of(CaseLogStore.Line line, Map<UserId, String> names) {
        var words = new LogWords(line.details(), names);
        return words.steps(line.action()).or(() -> words.review(line.action())).or(() -> disposal(line.action()));
    }

    /// Whom the line is about besides who did it.
    static Optional<UserId> person(CaseLogStore.Line line) {
        return Optional.of(line.details().path("asked").asString(""))
                .filter(UserId::isValid)
                .map(UserId::new);
    }

    private Optional<String> steps(String action) {
        return Optional.ofNullable(
                        switch (action) {
                            case "case.opened" -> "logged the request";
                            case "case.read" -> "looked at the case";
                            case "case.counted" -> "counted its messages again";
                            case "case.metadata_searched" ->
                                "searched who wrote when and where, not what: " + count("rooms", "conversation");
                            case "case.content_searched" ->
                                "searched what was said: " + count("hits", "message") + " found";
                            case "case.identity_checked" ->
                                details.path("identity").asString("").equals(IdentityCheck.NOT_NEEDED.word())
                                        ? "noted that who the requester is is known already"
                                        : "noted that the requester has shown who they are";
                            case "case.room_left_out" -> "left a conversation out";
                            case "case.approval_asked" -> "asked for approval";
                            case "case.approved" -> "approved";
                            case "case.approval_refused" -> "refused approval";
                            case "case.approval_withdrawn" -> "withdrew the approval or the request for it";
                            case "case.approval_used" -> "began an unsealing, which used the approval";
                            case "case.clock_stopped" -> "stopped the clock" + on("from", " from ") + waiting();
                            case "case.clock_started" -> "started the clock again" + on("day", " from ");
                            case "case.extended" ->
                                "took more time" + on("until", " until ") + on("told", "; the requester was told on ");
                            case "case.acknowledged" -> "noted that receipt was acknowledged" + on("day", " on ");
                            case "case.time_spent" -> "noted " + count("minutes", "minute") + task();
                            default -> null;
                        })
                .or(() -> oversight(action));
    }

    private Optional<String> oversight(String action) {
        return Optional.ofNullable(
                switch (action) {
                    case "case.opinion_asked" -> "asked " + asked() + " for an opinion";
                    case "case.opinion_withdrawn" -> "withdrew the question to " + asked();
                    case "case.opinion_question_read" -> "read the question that they are asked";
                    case "case.opinion_given" -> "gave their opinion on " + count("events", "message or edit");
                    case "case.opinion_added" ->
                        "recorded an opinion given on paper, on " + count("events", "message or edit");
                    case "case.notice_deferred" -> "deferred telling the participants" + on("until", " until ");
                    case "case.covert_asked" -> "asked to work without telling the participants";
                    case "case.covert_advised" -> "advised on working without telling the participants";
                    case "case.covert_approved" ->
                        "approved working without telling the participants" + on("until", " until ");
                    case "case.officer_noticed" -> "saw the notice of an unsealing or of a search in one";
                    case "case.closed" -> "closed the case";
                    case "case.holds_released" -> "released its holds";
                    default -> null;
                });
    }

    private Optional<String> review(String action) {
        return Optional.ofNullable(
                switch (action) {
                    case "case.messages_taken" -> "took " + count("events", "message or edit") + " for review";
                    case "case.message_reviewed" -> "reviewed a message";
                    case "case.message_known" -> "noted that the requester knows a message already";
                    case "case.message_health" -> "marked a message as health data";
                    case "case.withheld" -> "decided to withhold something" + reason();
                    case "case.decision_withdrawn" -> "took back a decision of the review";
                    case "case.pack_made" -> "made pack " + details.path("pack").asString("");
                    case "case.pack_fetched" -> "fetched a pack to hand it over";
                    default -> null;
                });
    }

    private static Optional<String> disposal(String action) {
        return Optional.ofNullable(
                switch (action) {
                    case "case.disposal_marked" -> "marked the case to be destroyed";
                    case "case.disposal_kept" -> "kept the case, for a hold stands";
                    case "case.disposal_unmarked" -> "kept the case, for its time is not over";
                    case "case.disposal_called_off" -> "called off its destruction";
                    case "case.disposed" -> "destroyed what the case had kept";
                    case "case.key_destroyed" -> "destroyed its key";
                    default -> null;
                });
    }

    private String count(String field, String what) {
        var count = details.path(field).asLong(0);
        return count + " " + (count == 1 ? what : what.replace(" or ", "s or ") + "s");
    }

    /// A day, or the day of a moment; nothing where the line has none.
    private String on(String field, String before) {
        var text = details.path(field).asString("");
        if (text.isEmpty()) {
            return "";
        }
        var day = text.contains("T")
                ? Instant.parse(text).atZone(ZoneId.of("Europe/London")).toLocalDate()
                : LocalDate.parse(text);
        return before + DAY.format(day);
    }

    private String waiting() {
        return Stop.Why.find(details.path("why").asString(""))
                .map(why -> ", waiting for " + why.title())
                .orElse("");
    }

    private String task() {
        return TimeSpent.Task.find(details.path("task").asString(""))
                .map(task -> ": " + task.title().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private String reason() {
        var code = details.path("code").asString("");
        return code.isEmpty() ? "" : " (" + code + ")";
    }

    private String asked() {
        var id = details.path("asked").asString("");
        return UserId.isValid(id) ? names.getOrDefault(new UserId(id), id) : "a health professional";
    }
}
