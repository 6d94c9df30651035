package lanyard;

import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lanyard.governance.custodian.CeremonyOrder;
import lanyard.governance.custodian.Custodian;
import lanyard.governance.custodian.Officer;
import lanyard.governance.minimise.Induction;
import lanyard.messaging.patient.Patients;
import lanyard.platform.CannotStartException;
import lanyard.platform.CrashPoint;
import lanyard.standards.matrix.ServerName;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Credentials;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.NewPerson;
import lanyard.trust.identity.Organization;
import lanyard.trust.policy.EverydayRules;

/// An organisation with nothing real in it, made on the first start so that Lanyard can be looked at. Its code is no
/// organisation's in the Organisation Data Service.
final class Demonstration {
    static final String ODS_CODE = "X26DEMO";
    static final String NAME = "Lanyard Demonstration NHS Trust";

    private static final int PASSPHRASE_GROUPS = 5;

    private final Ground ground;
    private final Identity identity;
    private final Patients patients;
    private final Custodian custodian;
    private final Induction induction;
    private final Untold untold;

    Demonstration(Ground ground, Patients patients, Custodian custodian, Induction induction) {
        this.ground = ground;
        this.identity = ground.identity();
        this.patients = patients;
        this.custodian = custodian;
        this.induction = induction;
        this.untold = new Untold(
                ground.settings().data(), ground.keys(), ground.given().random());
    }

    /// Where the officers' sealed shares are left to be handed out.
    static Path sharesIn(Settings settings) {
        return settings.data().resolve("custodian");
    }

    /// How one of the made-up people signs in: told once, kept nowhere in clear.
    record SignIn(String user, String password, String setupKey, String who) {
        @Override
        public String toString() {
            return "SignIn[" + user + ", hidden]";
        }
    }

    /// What the first start tells, once: how people sign in, and what opens each officer's share file.
    record First(List<SignIn> signIns, Map<String, String> passphrases) {
        static final First NOTHING = new First(List.of(), Map.of());

        @Override
        public String toString() {
            return "First[hidden]";
        }
    }

    /// Makes the organisation when this database has none, and finishes one whose first start did not get as far as
    /// telling how people sign in. The answer is empty once it has been told.
    /// Errors: [CannotStartException] when there is none and none may be made.
    First start() {
        if (identity.organizations().list().isEmpty()) {
            if (!ground.settings().demonstration()) {
                throw new CannotStartException(
                        "This database holds no organisation, and " + SettingName.LANYARD_DEMONSTRATION
                                + " is false: leave it out to look at the demonstration. A real one cannot be set up yet.");
            }
            return complete(make());
        }
        return untold.find().map(this::complete).orElse(First.NOTHING);
    }

    /// From now on nothing of it is told again.
    void told() {
        untold.forget();
    }

    /// In one transaction, and only after what has to be told is where a crash does not lose it.
    private First make() {
        var server = ground.settings().serverName();
        var credentials = credentials(server);
        var signIns = DemonstrationPeople.ALL.stream()
                .map(made -> signIn(made, got(credentials, made)))
                .toList();
        var first = new First(signIns, ground.settings().conformance() ? Map.of() : passphrases());
        untold.keep(first);
        CrashPoint.at("demonstration.untold");
        var organization = new Organization(ODS_CODE, server, NAME, true);
        ground.writer().write(commit -> {
            identity.host(commit, organization);
            for (var made : DemonstrationPeople.ALL) {
                var user = UserId.of(made.user(), server);
                identity.people().add(commit, new NewPerson(user, ODS_CODE, made.name(), made.post()));
                identity.people().number(commit, user, "D-" + (101 + DemonstrationPeople.ALL.indexOf(made)));
                identity.signIn().giveCredentials(commit, user, got(credentials, made));
                if (!made.user().equals(DemonstrationPeople.NEW_JOINER)) {
                    induction.accept(commit, user, EverydayRules.STANDARD.induction());
                }
                made.duties().forEach(duty -> identity.duties().give(commit, user, duty, organization.serviceUser()));
                if (made.user().equals(DemonstrationPeople.ADMINISTRATOR)) {
                    identity.moderation()
                            .appoint(
                                    commit,
                                    user,
                                    true,
                                    organization.serviceUser().value());
                }
            }
            return organization;
        });
        return first;
    }

    /// Each step finds out by itself what an interrupted start has done already.
    private First complete(First first) {
        if (!first.passphrases().isEmpty()) {
            DemonstrationPatients.ALL.forEach(patient -> patients.register(ODS_CODE, patient));
            var organization = identity.organizations().get(ODS_CODE);
            if (!custodian.isHeldFor(organization.custodian())) {
                holdCeremony(organization, first.passphrases());
            }
        }
        return first;
    }

    /// The three officers of the governance office each get a share file, sealed by a passphrase that is printed once.
    private void holdCeremony(Organization organization, Map<String, String> passphrases) {
        var officers = passphrases.entrySet().stream()
                .map(one -> new Officer(one.getKey(), one.getValue().toCharArray()))
                .toList();
        var now = ground.clock().instant();
        var month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        custodian.hold(
                new CeremonyOrder(organization.odsCode(), organization.custodian(), month, officers, now),
                sharesIn(ground.settings()));
        officers.forEach(Officer::forgetPassphrase);
    }

    private Map<String, String> passphrases() {
        var passphrases = new LinkedHashMap<String, String>();
        DemonstrationPeople.ALL.stream()
                .filter(made -> made.duties().contains(Duty.CUSTODIAN_OFFICER))
                .forEach(made -> passphrases.put(made.name(), passphrase()));
        return passphrases;
    }

    private String passphrase() {
        return IntStream.range(0, PASSPHRASE_GROUPS)
                .mapToObj(group -> "%05d".formatted(ground.given().random().nextInt(100_000)))
                .collect(Collectors.joining("-"));
    }

    private Map<String, Credentials> credentials(ServerName server) {
        var secrets = ground.given().secrets();
        var credentials = new LinkedHashMap<String, Credentials>();
        for (var made : DemonstrationPeople.ALL) {
            var user = UserId.of(made.user(), server);
            credentials.put(
                    made.user(),
                    Credentials.fresh(
                            user, ground.keys(), secrets, ground.given().random()));
        }
        return credentials;
    }

    private static Credentials got(Map<String, Credentials> credentials, DemonstrationPeople.Made made) {
        var got = credentials.get(made.user());
        if (got == null) {
            throw new IllegalStateException("everybody was given credentials");
        }
        return got;
    }

    private static SignIn signIn(DemonstrationPeople.Made made, Credentials credentials) {
        var who = made.name() + ", " + made.post().role() + ", " + made.post().ward();
        return new SignIn(made.user(), credentials.password(), credentials.totpSecret(), who);
    }
}
