package lanyard.trust.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.platform.Unavailable;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RefusalPage;
import lanyard.platform.http.Reply;
import lanyard.standards.matrix.MatrixException;
import org.jspecify.annotations.Nullable;

/// What somebody sees when a page or a form cannot be answered: what happened, what to do next, and what they typed.
///
/// What could go wrong: a form that was typed for an hour is lost to a fault of ours, or one person's words are sent in
/// another's name. So the fault's page holds the form, to be sent again by a press of the button and never by itself,
/// for the person who typed it only; secrets are typed again.
final class FaultPages implements RefusalPage {
    /// What happened and what to do, by status.
    private record Words(String title, String next) {}

    private static final Words DEFAULT =
            new Words("There is a problem", "Go back to the page you came from, change it and send it again.");
    private static final Words OURS = new Words(
            "Something went wrong on our side",
            "Look first whether it was done all the same. If it goes wrong again, tell whoever runs Lanyard the reference: it holds nothing that you typed.");
    private static final Words NOTHING = new Words(
            "There is nothing here",
            "The address may be mistyped, or what was here has gone. Look for it in the menu.");
    private static final Words LARGE =
            new Words("That is too big", "Send less: shorten the longest text, or choose a smaller file.");
    private static final Words LATER =
            new Words("Not at this moment", "Wait a minute, then try again. Nothing else needs to be done.");
    private static final Map<Integer, Words> BY_STATUS = Map.ofEntries(
            Map.entry(
                    403,
                    new Words(
                            "You cannot do this",
                            "If it should be yours to do, ask an administrator to give you the duty.")),
            Map.entry(404, NOTHING),
            Map.entry(405, NOTHING),
            Map.entry(410, NOTHING),
            Map.entry(
                    409,
                    new Words(
                            "That has changed meanwhile",
                            "Open the page again to see how it is now, then decide anew.")),
            Map.entry(413, LARGE),
            Map.entry(414, LARGE),
            Map.entry(431, LARGE),
            Map.entry(408, LATER),
            Map.entry(429, LATER),
            Map.entry(500, OURS),
            Map.entry(503, LATER));

    private final Sessions sessions;
    private final Rendering rendering;

    FaultPages(Sessions sessions, Rendering rendering) {
        this.sessions = sessions;
        this.rendering = rendering;
    }

    @Override
    public Reply draw(Exchange exchange, MatrixException refusal) {
        return page(exchange, signedIn(exchange).orElse(null), refusal);
    }

    /// Nobody knows who is there while the database is away; the page is shown all the same.
    private Optional<Session> signedIn(Exchange exchange) {
        try {
            return sessions.find(exchange);
        } catch (RuntimeException fault) {
            if (fault instanceof Unavailable) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    Reply page(Exchange exchange, @Nullable Session session, MatrixException refusal) {
        return page(exchange, session, refusal, session == null ? ConsoleForm.EMPTY : Forms.readAgain(exchange));
    }

    Reply page(Exchange exchange, @Nullable Session session, MatrixException refusal, ConsoleForm form) {
        var words = BY_STATUS.getOrDefault(refusal.status(), DEFAULT);
        var own = session != null && isTheirs(form.kept(), session);
        var model = Map.of(
                "title", words.title(),
                "sentence", refusal.sentence(),
                "next", words.next(),
                "back", own ? Forms.ours(form.value(Forms.PAGE)) : "",
                "action", exchange.path(),
                "fields", own ? sendable(form.kept()) : List.of(),
                "texts", own ? texts(form.kept()) : List.of());
        var page = new Rendering.Page(exchange, form, List.of(), refusal.status());
        return rendering.page(page, session, "console/problem", model);
    }

    /// For somebody who had to sign in again: what they had typed, not yet sent.
    Optional<Reply> waited(Exchange exchange, Session session, ConsoleForm form) {
        var fields = form.waited();
        if (form.value(Forms.AGAIN).isEmpty() || !isTheirs(fields, session)) {
            return Optional.empty();
        }
        var model = Map.of(
                "action", Forms.ours(form.value(Forms.AGAIN)), "fields", sendable(fields), "texts", texts(fields));
        return Optional.of(
                rendering.page(new Rendering.Page(exchange, form, List.of(), 200), session, "console/again", model));
    }

    private static boolean isTheirs(List<ConsoleForm.Field> fields, Session session) {
        return fields.stream()
                .filter(field -> field.name().equals(Forms.WHO))
                .anyMatch(field -> field.value().equals(session.caller().user().value()));
    }

    private static List<ConsoleForm.Field> sendable(List<ConsoleForm.Field> fields) {
        var secret = fields.stream().anyMatch(field -> Forms.isSecret(field.name()));
        return secret ? List.of() : fields;
    }

    /// What somebody has written, to be copied; not the numbers and words that the form itself knows.
    private static List<String> texts(List<ConsoleForm.Field> fields) {
        return fields.stream()
                .filter(field -> !field.name().startsWith("_") && !Forms.isSecret(field.name()))
                .map(ConsoleForm.Field::value)
                .filter(text -> text.strip().contains(" "))
                .toList();
    }
}
