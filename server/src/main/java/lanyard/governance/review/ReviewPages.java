package lanyard.governance.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lanyard.governance.custodian.Query;
import lanyard.governance.custodian.Session;
import lanyard.governance.custodian.Unsealing;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.review.Withholding.Where;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// The console's pages on which a case's messages are chosen, read, withheld from and made into a pack. Numbers and the
/// case's id are all that an address says.
final class ReviewPages {
    static final String PATH = "/console/cases/{case}/review";
    static final Set<Duty> MAY = Set.of(Duty.INFORMATION_GOVERNANCE);
    private static final int MOST_CONTEXT = 20;

    private final Reviews reviews;
    private final ReviewViews views;
    private final LookingIn looking;

    ReviewPages(Reviews reviews) {
        this.reviews = reviews;
        this.views = new ReviewViews(reviews);
        this.looking = new LookingIn(reviews.parts());
    }

    void addTo(Routes routes) {
        var console = reviews.parts().others().console();
        console.page(routes, "GET " + PATH, MAY, this::show);
        console.page(routes, "GET " + PATH + "/{number}", MAY, this::message);
        console.page(routes, "GET " + PATH + "/{number}/file", MAY, this::file);
        console.form(routes, "POST " + PATH + "/unseal", MAY, StepUp.NEEDED, this::unseal);
        console.form(routes, "POST " + PATH + "/search", MAY, StepUp.NOT, this::search);
        console.form(routes, "POST " + PATH + "/take", MAY, StepUp.NEEDED, this::take);
        console.form(routes, "POST " + PATH + "/withhold", MAY, StepUp.NOT, this::withhold);
        console.form(routes, "POST " + PATH + "/withdraw", MAY, StepUp.NOT, this::withdraw);
        console.form(routes, "POST " + PATH + "/reviewed", MAY, StepUp.NOT, this::reviewed);
        console.form(routes, "POST " + PATH + "/pack", MAY, StepUp.NEEDED, this::make);
        console.form(routes, "POST " + PATH + "/fetch", MAY, StepUp.NEEDED, this::fetch);
        new HealthPages(reviews).addTo(routes);
    }

    static CaseId id(ConsoleCall call) {
        return new CaseId(call.exchange().param("case"));
    }

    static String path(ConsoleCall call) {
        return PATH.replace("{case}", id(call).value());
    }

    private Reply show(ConsoleCall call) {
        var desk = reviews.open(call.caller(), id(call));
        var session = reviews.parts().others().unsealing().ofCase(id(call).value());
        var before = reviews.parts().others().cases().beforeUnsealing(id(call));
        var model = Map.of(
                "desk", views.desk(desk),
                "path", path(call),
                "edits",
                        call.exchange()
                                .query("edits")
                                .filter(text -> text.matches("[0-9]{1,5}"))
                                .orElse(""),
                "session", session.map(Session::id).orElse(""),
                "before", before.orElse(""),
                "closed", desk.about().isClosed(),
                "noPack", reviews.whyNoPack(desk),
                "texts", typed(call),
                "open", session.filter(one -> one.state() == Session.State.OPEN).isPresent());
        return call.page("review/case", model);
    }

    /// What somebody had written when the case was closed meanwhile, and its form is there no more.
    static List<String> typed(ConsoleCall call) {
        return Stream.of("question", "words", "left_out", "why")
                .flatMap(name -> call.form().optional(name).stream())
                .toList();
    }

    static Item item(Reviews.Desk desk, String number) {
        return desk.items().stream()
                .filter(item -> Integer.toString(item.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such message here."));
    }

    private Reply message(ConsoleCall call) {
        var desk = reviews.open(call.caller(), id(call));
        var item = item(desk, call.exchange().param("number"));
        return call.page(
                "review/message",
                Map.of(
                        "one", views.message(desk, item),
                        "path", path(call),
                        "closed", desk.about().isClosed(),
                        "texts", typed(call)));
    }

    /// Never shown in the console's own origin: it is somebody's file.
    private Reply file(ConsoleCall call) {
        var desk = reviews.open(call.caller(), id(call));
        var item = item(desk, call.exchange().param("number"));
        var bytes = reviews.file(call.caller(), id(call), item.id());
        var name = "message-" + item.number() + "."
                + item.file().map(file -> FileKind.of(file.type()).ending()).orElse("bin");
        return attachment(bytes, name);
    }

    private static Reply attachment(byte[] bytes, String name) {
        return Reply.bytes("application/octet-stream", bytes)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store");
    }

    private Reply unseal(ConsoleCall call) {
        var session = looking.begin(call.caller(), id(call));
        return call.see("/console/custodian/sessions/" + session.id());
    }

    private Session session(ConsoleCall call) {
        return reviews.parts()
                .others()
                .unsealing()
                .ofCase(id(call).value())
                .filter(one -> one.state() == Session.State.OPEN)
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_FORBIDDEN, "This case is not unsealed. Two officers present their shares first."));
    }

    private Reply search(ConsoleCall call) {
        reviews.requireOpen(call.caller(), id(call));
        var session = session(call);
        var words = call.form()
                .text("words", 10_000)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        var leftOut = call.form().text("left_out", 2_000);
        var why = call.form().text("why", 2_000);
        var by = call.caller().user();
        var unsealing = reviews.parts().others().unsealing();
        var hits = unsealing.search(session, by, new Query(words, Set.of(), 0, Query.EVER));
        looking.searched(id(call), session, new LookingIn.Asked(by, words, hits.size(), leftOut, why));
        var ids = hits.stream().map(hit -> hit.id()).toList();
        var found = new ArrayList<ReviewViews.Found>();
        for (var from = 0; from < ids.size(); from += 500) {
            var some = ids.subList(from, Math.min(ids.size(), from + 500));
            unsealing.read(session, by, new Unsealing.Reading(some, 0, 0)).stream()
                    // Signs and edits come along; only what was found is there to be chosen.
                    .filter(event -> some.contains(event.id()) && !event.type().equals(Taking.REACTION))
                    .map(views::found)
                    .forEach(found::add);
        }
        return call.page("review/hits", Map.of("hits", found, "path", path(call), "closed", LookingIn.closed(session)));
    }

    private Reply take(ConsoleCall call) {
        reviews.parts().others().cases().require(call.caller(), id(call));
        var chosen = call.form().list("event").stream()
                .filter(EventId::isValid)
                .map(EventId::new)
                .toList();
        if (chosen.isEmpty()) {
            return call.refuse("Choose at least one message.", "event");
        }
        var context =
                call.form().optional("context").isEmpty() ? 0 : call.form().number("context", 0, MOST_CONTEXT);
        var session = session(call);
        var missing = new HashSet<EventId>();
        for (var from = 0; from < chosen.size(); from += 500) {
            var some = chosen.subList(from, Math.min(chosen.size(), from + 500));
            var read = reviews.parts()
                    .others()
                    .unsealing()
                    .read(session, call.caller().user(), new Unsealing.Reading(some, context, context));
            missing.addAll(reviews.take(call.caller(), id(call), read).missing());
            read.forEach(event -> missing.remove(event.id()));
        }
        return call.see(missing.isEmpty() ? path(call) : path(call) + "?edits=" + missing.size());
    }

    private Reply withhold(ConsoleCall call) {
        var desk = reviews.open(call.caller(), id(call));
        var form = call.form();
        var reason = Reason.find(form.value("reason"))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_INVALID_PARAM, "Choose a reason."));
        var places = new LinkedHashSet<Where>();
        switch (form.value("what")) {
            case "person" ->
                form.list("person").stream()
                        .filter(UserId::isValid)
                        .forEach(person -> places.add(new Where.Name(new UserId(person))));
            case "whole" ->
                places.add(new Where.Whole(item(desk, form.text("number")).id()));
            case "file" ->
                places.add(new Where.File(item(desk, form.text("number")).id()));
            default -> places.addAll(words(call, item(desk, form.text("number"))));
        }
        if (places.isEmpty()) {
            return call.refuse("Mark what is to be withheld.", "words");
        }
        places.forEach(where -> reviews.withhold(call.caller(), id(call), where, reason));
        return call.see(form.value("number").isEmpty() ? path(call) : path(call) + "/" + form.value("number"));
    }

    /// Suggestions that were ticked, and words that were typed or copied, wherever the message has them.
    private static List<Where> words(ConsoleCall call, Item item) {
        var places = new ArrayList<Where>();
        for (var ticked : call.form().list("span")) {
            var parts = ticked.split(" ", -1);
            if (parts.length == 3 && parts[1].matches("[0-9]{1,6}") && parts[2].matches("[0-9]{1,6}")) {
                places.add(
                        new Where.Words(new EventId(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
            }
        }
        var typed = call.form().optional("words");
        typed.ifPresent(words -> {
            var needle = Folded.of(words);
            for (var version : item.versions()) {
                Folded.of(version.text())
                        .find(needle)
                        .forEach(range -> places.add(new Where.Words(version.event(), range.from(), range.to())));
            }
        });
        if (typed.isPresent() && places.isEmpty()) {
            call.refuse("Those words are not in this message.", "words");
        }
        return places;
    }

    private Reply withdraw(ConsoleCall call) {
        reviews.withdraw(call.caller(), id(call), call.form().text("note"));
        var number = call.form().value("number");
        return call.see(number.matches("[0-9]{1,6}") ? path(call) + "/" + number : path(call));
    }

    private Reply reviewed(ConsoleCall call) {
        var desk = reviews.open(call.caller(), id(call));
        var item = item(desk, call.form().text("number"));
        reviews.reviewed(call.caller(), id(call), item.id());
        return call.see(item.number() < desk.items().size() ? path(call) + "/" + (item.number() + 1) : path(call));
    }

    private Reply make(ConsoleCall call) {
        reviews.make(call.caller(), id(call));
        return call.see(path(call));
    }

    private Reply fetch(ConsoleCall call) {
        var number = call.form().number("pack", 1, 10_000);
        return attachment(
                reviews.fetch(call.caller(), id(call), number), id(call).value() + "-pack-" + number + ".zip");
    }
}
