package lanyard.trust.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Duties;
import lanyard.trust.identity.Duty;

/// The ground of the console: who is signed in, what they may see, that a form comes from them, and what a page looks
/// like. Features bring their pages: a package-private class `…Pages` that calls [#page], [#form] and [#entry], and
/// templates in `lanyard/<feature>/`.
///
/// What could go wrong: an access token from a phone opens the console, or a page left open signs something. So the
/// console has a session of its own and takes no token; a form carries the session's own; a form that destroys or
/// discloses asks for fresh proof.
public final class Console implements Feature {
    /// Who looks through the audit.
    public static final Set<Duty> OVERSIGHT =
            Set.of(Duty.INFORMATION_GOVERNANCE, Duty.DATA_PROTECTION_OFFICER, Duty.SIRO, Duty.CALDICOTT_GUARDIAN);

    private static final String FRONT = "/console";
    private static final int LONGEST_SUBJECT = 300;

    private final ConsoleParts parts;
    private final Sessions sessions;
    private final Rendering rendering;
    private final PageTable pages = new PageTable();
    private final SignInPages signIn;
    private final FaultPages faults;
    private final Map<String, ToIntFunction<ConsoleCall>> waiting = new ConcurrentHashMap<>();
    private final List<Function<UserId, Predicate<AuditEntry>>> shown = new CopyOnWriteArrayList<>();

    public Console(ConsoleParts parts) {
        this.parts = parts;
        sessions = new Sessions(parts);
        rendering = new Rendering(parts);
        faults = new FaultPages(sessions, rendering);
        signIn = new SignInPages(parts, sessions, rendering);
    }

    /// A page for those who have one of `duties`, or for everybody who is signed in when there are none.
    /// `route` as `GET /console/cases/{id}`.
    public void page(Routes routes, String route, Set<Duty> duties, ConsolePage page) {
        requireRoute(route, "GET ");
        serve(routes, new PageTable.Registered(route, duties, StepUp.NOT, false, page));
    }

    /// A form, which answers with [ConsoleCall#see] when it has done its work. What it throws, a [ConsoleRefusal] or a
    /// [MatrixException], shows the page that it stood on again, with what was typed.
    public void form(Routes routes, String route, Set<Duty> duties, StepUp stepUp, ConsolePage form) {
        requireRoute(route, "POST ");
        serve(routes, new PageTable.Registered(route, duties, stepUp, false, form));
    }

    /// A form with a file, which no other takes. Of who is not signed in or has none of `duties` nothing is read: what
    /// they typed beside the file is not kept for them.
    public void upload(Routes routes, String route, Set<Duty> duties, ConsolePage form) {
        requireRoute(route, "POST ");
        serve(routes, new PageTable.Registered(route, duties, StepUp.NOT, true, form));
    }

    /// A line of the navigation and of the front page.
    public void entry(String title, String path, Set<Duty> duties) {
        rendering.add(new Rendering.Entry(title, path, duties));
    }

    /// How many things wait behind an entry, which the front page says to who sees the entry.
    public void waiting(String path, ToIntFunction<ConsoleCall> count) {
        waiting.put(path, count);
    }

    /// Which entries of the audit somebody is shown, of those that their duty lets them look through.
    public void auditShows(Function<UserId, Predicate<AuditEntry>> some) {
        shown.add(some);
    }

    private Predicate<AuditEntry> shownTo(UserId reader) {
        return shown.stream().map(some -> some.apply(reader)).reduce(_ -> true, Predicate::and);
    }

    private Reply front(ConsoleCall call) {
        Map<String, Integer> counts = new HashMap<>();
        rendering
                .entriesOf(call.session())
                .forEach(entry -> counts.put(
                        entry.path(), waiting.getOrDefault(entry.path(), _ -> 0).applyAsInt(call)));
        return call.page("console/front", Map.of("duties", Duties.titles(call.duties()), "waiting", counts));
    }

    /// Every page and form there is, for the test that tries them all.
    public Map<String, Set<Duty>> declared() {
        var declared = new java.util.TreeMap<String, Set<Duty>>();
        pages.list().forEach(one -> declared.put(one.route(), one.duties()));
        return declared;
    }

    private static void requireRoute(String route, String method) {
        if (!route.startsWith(method + "/console")) {
            throw new IllegalArgumentException("A page is like GET /console/cases, a form like POST /console/cases.");
        }
    }

    private void serve(Routes routes, PageTable.Registered registered) {
        pages.add(registered);
        routes.add(registered.route(), exchange -> answer(exchange, registered));
    }

    private Reply answer(Exchange exchange, PageTable.Registered registered) {
        var session = sessions.find(exchange);
        if (session.isEmpty()) {
            return registered.files() ? Rendering.see(SignInPages.pathTo(exchange)) : signIn.comeBack(exchange);
        }
        try {
            if (!session.get().may(registered.duties())) {
                throw Duties.refusal(registered.duties());
            }
            return registered.method().equals("GET")
                    ? shown(exchange, session.get(), registered)
                    : sent(exchange, session.get(), registered);
        } catch (MatrixException refusal) {
            refused(session.get(), exchange, refusal);
            return registered.files()
                    ? faults.page(exchange, session.get(), refusal, ConsoleForm.EMPTY)
                    : faults.page(exchange, session.get(), refusal);
        }
    }

    /// Who tries what is not theirs is on record, as who looks is.
    private void refused(Session session, Exchange exchange, MatrixException refusal) {
        if (refusal.code() == ErrorCode.M_FORBIDDEN) {
            record("console.refused", session, exchange);
        }
    }

    private Reply shown(Exchange exchange, Session session, PageTable.Registered registered) {
        var call = new ConsoleCall(rendering, session, exchange, ConsoleForm.EMPTY, List.of());
        try {
            var reply = registered.page().answer(call);
            if (!registered.path().equals(FRONT)) {
                record("console.read", session, exchange);
            }
            return reply;
        } catch (ConsoleRefusal refusal) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, refusal.sentence());
        }
    }

    /// Reading is accounted for as well: who looked at which page.
    private void record(String action, Session session, Exchange exchange) {
        var path = exchange.path();
        var subject = path.substring(0, Math.min(path.length(), LONGEST_SUBJECT));
        var entry = new AuditEntry(action, session.caller().user().value(), subject, "");
        parts.ground().writer().write(commit -> {
            parts.ground().audit().record(commit, entry);
            return true;
        });
    }

    private Reply sent(Exchange exchange, Session session, PageTable.Registered registered) {
        var form = registered.files() ? Forms.readSent(exchange) : Forms.read(exchange);
        if (!java.security.MessageDigest.isEqual(bytes(session.csrf()), bytes(form.value(Forms.CSRF)))) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This form is from an earlier sign-in, so nothing was done.");
        }
        var now = session;
        if (registered.stepUp() == StepUp.NEEDED && !session.fresh()) {
            try {
                if (!proved(session, form)) {
                    return asked(exchange, session, form, List.of());
                }
            } catch (MatrixException refusal) {
                return asked(exchange, session, form, List.of(new Fault(refusal.sentence(), Forms.CODE)));
            }
            now = session.proven();
        }
        try {
            return registered.page().answer(new ConsoleCall(rendering, now, exchange, form, List.of()));
        } catch (ConsoleRefusal refusal) {
            return again(exchange, now, form, faults(refusal));
        } catch (MatrixException refusal) {
            refused(now, exchange, refusal);
            return again(exchange, now, form, List.of(new Fault(refusal.sentence(), "")));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<Fault> faults(ConsoleRefusal refusal) {
        var faults = new ArrayList<Fault>();
        refusal.fields().forEach(field -> faults.add(new Fault(refusal.sentence(), field)));
        return faults.isEmpty() ? List.of(new Fault(refusal.sentence(), "")) : faults;
    }

    /// False when no proof was sent.
    private boolean proved(Session session, ConsoleForm form) {
        var credential = form.value(Forms.CREDENTIAL);
        if (!credential.isEmpty()) {
            sessions.proveByPasskey(session, bytes(credential));
            return true;
        }
        var code = form.value(Forms.CODE);
        if (!code.isEmpty()) {
            sessions.proveByCode(session, code);
            return true;
        }
        return false;
    }

    /// Asks for fresh proof; the form goes along, and is sent again with it.
    private Reply asked(Exchange exchange, Session session, ConsoleForm form, List<Fault> faults) {
        var user = session.caller().user();
        var passkeys = parts.passkeys().list(user);
        var options = passkeys.isEmpty()
                ? ""
                : parts.passkeys().ask(session.stepUp(), passkeys).toString();
        var model = Map.of("action", exchange.path(), "fields", form.kept(), "options", options);
        var status = faults.isEmpty() ? 200 : 422;
        return rendering.page(new Rendering.Page(exchange, form, faults, status), session, "console/stepUp", model);
    }

    /// The page the form stood on, once more.
    private Reply again(Exchange exchange, Session session, ConsoleForm form, List<Fault> faults) {
        try {
            var found = pages.page(Forms.ours(form.value(Forms.PAGE)), exchange)
                    .filter(page -> session.may(page.registered().duties()))
                    .filter(_ -> !form.value(Forms.PAGE).isEmpty());
            if (found.isPresent()) {
                var call = new ConsoleCall(rendering, session, found.get().exchange(), form, faults);
                return found.get().registered().page().answer(call);
            }
        } catch (MatrixException | ConsoleRefusal gone) {
            // The page itself is not there any more; what was typed is shown without it.
        }
        throw new MatrixException(ErrorCode.M_INVALID_PARAM, faults.getFirst().sentence()).status(422);
    }

    @Override
    public void routes(Routes routes) {
        signIn.addTo(routes);
        routes.refusals(FRONT, faults);
        page(routes, "GET /console", Set.of(), this::front);
        form(routes, "POST /console/sign-out", Set.of(), StepUp.NOT, call -> {
            sessions.end(call.session());
            return Rendering.see(SignInPages.PATH).header("Set-Cookie", sessions.noCookie());
        });
        new DutyPages(parts, this).addTo(routes);
        new AuditPages(parts, this, this::shownTo).addTo(routes);
        new ResetPages(parts, this).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("console-session-sweep", Duration.ofMinutes(10), sessions::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who is signed in to the console, since when.",
                "Nothing: it lasts hours.",
                "Rows go after fifteen idle minutes, and with the person.");
    }
}
