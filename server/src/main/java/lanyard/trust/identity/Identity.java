package lanyard.trust.identity;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import lanyard.platform.CannotStartException;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;

/// Who is this? Owns organisations, people, their two steps, their devices and tokens.
public final class Identity implements Feature {
    /// Enough for a phone that comes back after a night shift without network, too few for a script.
    private static final int CHANGES_AT_ONCE = 200;

    private static final int CHANGES_A_SECOND = 20;

    /// Our own sign-in page, as Matrix's list of identity providers calls it.
    public static final String IDENTITY_PROVIDER = "lanyard";

    /// What a browser is told that must forget this app: nothing of other apps, and nothing else on the phone.
    public static final String CLEAR_SITE_DATA = Callers.CLEAR;

    private final IdentityGround ground;
    private final IdentitySettings settings;
    private final Organizations organizations;
    private final People people;
    private final Callers callers;
    private final Devices devices;
    private final SignIn signIn;
    private final InteractiveAuth interactiveAuth;
    private final Forgetting forgetting;
    private final Enrolment enrolment;
    private final Resets resets;
    private final RateLimit changes;
    private final Moderation moderation;
    private final Duties duties;
    private final NewDevices newDevices;
    private final Leavers leavers;
    private final Refresh refresh;
    private final AppSessions appSessions;
    private final RegistrationTokens registrationTokens;

    /// Errors: [CannotStartException] when conformance mode is asked for beside a real organisation.
    public Identity(IdentityGround ground, IdentitySettings settings) {
        this.ground = ground;
        this.settings = settings;
        organizations = new Organizations(ground);
        people = new People(ground);
        callers = new Callers(ground);
        devices = new Devices(ground, callers);
        newDevices = new NewDevices(ground, devices, !settings.conformance());
        moderation = new Moderation(ground, callers);
        duties = new Duties(ground, moderation, people);
        leavers = new Leavers(ground, people, devices);
        refresh = new Refresh(ground, devices, leavers);
        signIn = new SignIn(ground, settings.conformance(), people, devices);
        forgetting = new Forgetting(ground, people, signIn.secondStep());
        enrolment = new Enrolment(ground, signIn, moderation);
        resets = new Resets(ground, this, forgetting);
        appSessions = new AppSessions(ground, signIn, devices, refresh);
        registrationTokens = new RegistrationTokens(ground, organizations, settings.conformance());
        interactiveAuth = new InteractiveAuth(ground, settings, signIn, registrationTokens);
        changes = new RateLimit(!settings.conformance(), CHANGES_AT_ONCE, CHANGES_A_SECOND, Duration.ofSeconds(1));
        if (settings.conformance()) {
            organizations.list().forEach(Identity::requireDemonstration);
        }
    }

    /// Who sends this request. Errors: 401 `M_MISSING_TOKEN`, `M_UNKNOWN_TOKEN`; 429 `M_LIMIT_EXCEEDED` for
    /// somebody who changes more than a person can.
    public Caller caller(Exchange exchange) {
        var caller = callers.caller(exchange);
        if (!exchange.method().equals("GET")) {
            changes.take(caller.user().value());
        }
        return caller;
    }

    /// For a request that takes long: throws as [#caller] does once whoever sent it may no longer be answered.
    public void requireStill(Exchange exchange) {
        callers.caller(exchange);
    }

    /// `listener` hears, after the commit, of whose sessions or standing have changed; it must be quick.
    public void whenStandingChanges(Consumer<UserId> listener) {
        callers.whenForgotten(listener);
    }

    /// New tokens for an old one. Errors: `M_UNKNOWN_TOKEN`, with `soft_logout` unless the token is a wiped handset's;
    /// `M_USER_LOCKED`.
    public NewSession refresh(Exchange exchange, String refreshToken) {
        callers.requireRefreshable(exchange, new Token(refreshToken));
        return refresh.refresh(refreshToken);
    }

    public Organizations organizations() {
        return organizations;
    }

    public People people() {
        return people;
    }

    public Devices devices() {
        return devices;
    }

    public NewDevices newDevices() {
        return newDevices;
    }

    public SignIn signIn() {
        return signIn;
    }

    public StepUp stepUp() {
        return signIn.stepUp();
    }

    /// Passkeys, of the feature above this one.
    public void use(OtherFactor factor) {
        signIn.secondStep().use(factor);
    }

    /// Tokens that are bound to a key, of the feature above this one.
    public void use(KeyProof proof) {
        callers.use(proof);
    }

    public Enrolment enrolment() {
        return enrolment;
    }

    public Resets resets() {
        return resets;
    }

    public InteractiveAuth interactiveAuth() {
        return interactiveAuth;
    }

    public Moderation moderation() {
        return moderation;
    }

    public Duties duties() {
        return duties;
    }

    public Leavers leavers() {
        return leavers;
    }

    public Refresh refresh() {
        return refresh;
    }

    public AppSessions appSessions() {
        return appSessions;
    }

    /// Whether it changes nothing but the caller's own devices, keys and marks: what is left to somebody who may only
    /// read.
    public static boolean onlyReads(Exchange exchange) {
        return SuspendedDeeds.allow(exchange.method(), exchange.path());
    }

    /// `gate` looks at every request of our own app, and throws what refuses it.
    public void gateOwn(BiConsumer<Caller, Exchange> gate) {
        callers.gateOwn(gate);
    }

    /// `gate` looks at every request of an app that is not approved for clinical rooms, and throws what refuses it.
    public void gateApps(BiConsumer<Caller, Exchange> gate) {
        callers.gate(gate);
    }

    public RegistrationTokens registrationTokens() {
        return registrationTokens;
    }

    /// For test suites; refuses outside conformance mode.
    public OpenRegistration openRegistration() {
        return new OpenRegistration(ground, this, signIn.secrets(), settings.conformance());
    }

    /// Starts to host an organisation, with the two users that are nobody: its service user and its custodian.
    /// Errors: [CannotStartException] in conformance mode, unless it is the demonstration.
    public void host(Commit commit, Organization organization) {
        if (settings.conformance()) {
            requireDemonstration(organization);
        }
        organizations.add(commit, organization);
        var code = organization.odsCode();
        var none = NewPerson.Post.NONE;
        people.addService(commit, new NewPerson(organization.serviceUser(), code, organization.name(), none));
        people.addService(commit, new NewPerson(organization.custodian(), code, "Records custodian", none));
        audit(
                commit,
                new AuditEntry("organization.hosted", organization.serviceUser().value(), code, "", Json.object()));
    }

    /// Somebody has left: they can no longer sign in, every device of theirs goes at once, and they are out of every
    /// room within half a minute. Their messages stay.
    public void leave(Commit commit, UserId user, String actor, String reason) {
        leavers.leave(commit, user, actor, reason);
    }

    /// Who is on hold is not forgotten.
    public void keepNamesOf(BiPredicate<Tx, UserId> onHold) {
        forgetting.unless(onHold);
    }

    /// Signs somebody out of every device at once.
    public void signOutEverywhere(Commit commit, UserId user) {
        devices.removeAll(commit, user, RemovedDevice.Why.SIGNED_OUT_EVERYWHERE);
        audit(commit, new AuditEntry("sign_out.everywhere", user.value(), user.value(), "", Json.object()));
    }

    private void audit(Commit commit, AuditEntry entry) {
        ground.audit().record(commit, entry);
    }

    private static void requireDemonstration(Organization organization) {
        if (!organization.demonstration()) {
            throw new CannotStartException(
                    "Conformance mode switches sign-in protection off and serves the demonstration"
                            + " organisation only, but this database holds " + organization.odsCode() + ".");
        }
    }

    @Override
    public void routes(Routes routes) {
        new SignInEndpoints(this, settings).addTo(routes);
        new NewDeviceEndpoints(this).addTo(routes);
        new TroubleEndpoints(this, ground).addTo(routes);
        new StepUpEndpoints(this).addTo(routes);
        new EnrolmentEndpoints(this).addTo(routes);
        new ResetEndpoints(this).addTo(routes);
        new LeaverEndpoints(this, ground).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("sign-in-sweep", Duration.ofMinutes(10), signIn::sweep);
        jobs.every("sign-in-trouble-sweep", Duration.ofHours(6), newDevices::sweep);
        jobs.every("second-step-reset-sweep", Duration.ofHours(1), resets::sweep);
        jobs.every("token-sweep", Duration.ofHours(1), refresh::sweep);
        jobs.every("end-dates", Duration.ofSeconds(15), leavers::endDue);
        jobs.every("leaver-sweep", Duration.ofHours(6), leavers::sweep);
        jobs.every("forget-leavers", Duration.ofHours(6), forgetting::forget);
        jobs.every("device-last-seen", Duration.ofMinutes(5), callers::keepLastSeen);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Name, role, ward and professional registration of staff; hashes of password, codes and tokens; devices"
                        + " with the time they were last seen; addresses from which many wrong passwords came, for 30 days; for a day"
                        + " how the help desk made sure of somebody who has lost every second step (in the audit: a year).",
                "The person's row, their devices and the dates they signed in first and left.",
                "Three months after they left the keys of their second step and of their codes on paper are destroyed, with"
                        + " passwords and passkeys; when no schedule can keep a message of theirs and nothing holds"
                        + " them, their name, role and registration are blanked.");
    }
}
