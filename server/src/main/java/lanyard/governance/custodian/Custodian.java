package lanyard.governance.custodian;

import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lanyard.governance.custodian.CustodianStore.Device;
import lanyard.messaging.encryption.ToDevice;
import lanyard.messaging.timeline.SendingGate;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.sealing.Ed25519;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import tools.jackson.databind.node.ObjectNode;

/// The sealed records custodian of each organisation (D3): its monthly devices, its mailbox, and unsealing.
///
/// What could go wrong: the server, or one person, can read what staff said; or what was said cannot be produced when
/// the law asks for it. The principles: the server keeps the mail as its senders encrypted it and holds no key to it;
/// two officers open an approved case, in an isolated worker; the device is listed before a room needs it and its mail
/// is never deleted by delivery; every ceremony, listing and export leaves an audit entry.
public final class Custodian implements Feature, AutoCloseable {
    private final CustodianParts parts;
    private final CustodianStore store = new CustodianStore();
    private final Mailbox mailbox;
    private final Months months;
    private final Officers officers;
    private final OfficerKeys keys;
    private final Ceremonies ceremonies;
    private final Replacements replacements;
    private final Unsealing unsealing;
    private final ShareTests trials;
    private final Withheld withheld;
    private final Optional<Shown> shown;
    private volatile Map<UserId, List<Device>> devices;

    /// Where its pages are, and where its share files lie to be handed out.
    public record Shown(Console console, Path shares) {}

    /// `shown` is not there for tools.
    public Custodian(CustodianParts parts, Optional<Shown> shown) {
        this.parts = parts;
        this.shown = shown;
        this.mailbox = new Mailbox(parts.ground().keys());
        this.months = new Months(parts, store);
        this.officers = new Officers(parts);
        this.keys = new OfficerKeys(parts);
        this.ceremonies = new Ceremonies(parts, store, officers, keys);
        this.unsealing = new Unsealing(parts, officers, this::export);
        this.replacements = new Replacements(parts, store, officers, keys, unsealing.isolation());
        this.trials = new ShareTests(parts, officers, replacements, unsealing.isolation());
        this.withheld = new Withheld(parts);
        this.devices = load();
        parts.encryption().toDevice().keepFor(this::isCustodian, this::keep);
    }

    private Map<UserId, List<Device>> load() {
        return parts.ground().database().read(store::listDevices).stream().collect(Collectors.groupingBy(Device::user));
    }

    /// Makes an organisation's custodian: twelve devices from the month of `order` on, listed at once, and three share
    /// files in `directory`. Errors: [CustodianRefusal] when one of the months has its device already.
    public CustodianPublic hold(CeremonyOrder order, Path directory) {
        var known = ceremonies.withFiles(order, caseKey(order.organization()), directory);
        rotate();
        return known;
    }

    /// The same for three officers who have prepared their passkeys: made in a worker, for their browsers. Errors:
    /// `M_FORBIDDEN` when one has not.
    void hold(String organization, UserId custodian, List<UserId> people, UserId by) {
        var names = people.stream().map(keys.facts()::name).toList();
        var making = new CeremonyOrder.Making(organization, custodian, nextMonth(organization), names);
        ceremonies.inBrowsers(making, caseKey(organization), people, by, unsealing.isolation());
        rotate();
    }

    /// Finishes what a crash in the middle of a ceremony left of its share files. Called at start.
    public void settle(Path directory) {
        ceremonies.settle(directory);
    }

    /// Who says what officers are. Without it nobody prepares a passkey.
    public void officersKnownBy(OfficerFacts facts) {
        keys.knownBy(facts);
        officers.knownBy(facts);
    }

    /// Whether the organisation has a custodian at all.
    public boolean isHeldFor(UserId custodian) {
        return devices.containsKey(custodian);
    }

    private boolean isCustodian(UserId user) {
        return devices.containsKey(user);
    }

    /// What everybody may know of a custodian.
    public Optional<CustodianPublic> find(UserId custodian) {
        return Optional.ofNullable(devices.get(custodian)).map(all -> {
            var newest = all.getLast();
            var months = all.stream().map(Device::month).toList();
            return new CustodianPublic(custodian, newest.masterKey(), newest.selfSigningKey(), months);
        });
    }

    /// Keeps a message to one of the devices, as ciphertext. A device nobody knows has nothing to keep for.
    void keep(Commit commit, ToDevice.Message message) {
        var content = message.event().path("content");
        devices.getOrDefault(message.to(), List.of()).stream()
                .filter(device -> device.month().device().equals(message.device()))
                .findFirst()
                .ifPresent(device -> {
                    if (message.event().path("type").asString("").equals(Withheld.TYPE)) {
                        withheld.said(commit, device.organization(), message);
                        return;
                    }
                    withheld.heard(commit, message.sender());
                    var envelope = new MailboxStore.Envelope(
                            message.device(),
                            message.sender().user(),
                            message.sender().device(),
                            parts.ground().clock().millis(),
                            message.event().path("type").asString(""));
                    if (content instanceof ObjectNode object) {
                        mailbox.add(
                                commit, device.organization(), device.month().month(), envelope, object);
                    }
                });
    }

    /// A room's part of a case as a signed file, for the worker of an unsealing and nobody else.
    private byte[] export(CaseOrder order) {
        var organization = parts.timeline().getRoom(order.room()).organization();
        var custodian = devices.values().stream()
                .flatMap(List::stream)
                .filter(device -> device.organization().equals(organization))
                .map(Device::user)
                .findFirst()
                .orElseThrow(() -> new CustodianRefusal("The organisation of that room has no custodian."));
        return new CaseExport(parts, mailbox, store).export(order, custodian, casePrivateKey(organization));
    }

    /// Opening cases inside the running system.
    public Unsealing unsealing() {
        return unsealing;
    }

    /// How retention forgets months of which nothing is left.
    public Forgetting forgetting() {
        return new Forgetting(parts);
    }

    @Override
    public void routes(Routes routes) {
        shown.ifPresent(where -> {
            var presenting = new Presenting(officers, keys);
            new CustodianPages(where.console(), this, new CustodianPages.Shares(trials, officers, presenting))
                    .addTo(routes);
            new CeremonyPages(where, this, keys).addTo(routes);
            new ReplacementPages(where.console(), officers, keys, replacements, presenting).addTo(routes);
        });
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("custodian-month", Duration.ofMinutes(1), this::rotate);
        jobs.every("custodian-silent", Duration.ofMinutes(10), this::findSilent);
        jobs.every("custodian-sessions", Duration.ofMinutes(1), this::sweep);
    }

    /// Ends what is over, and forgets keys of who is an officer no more.
    public void sweep() {
        unsealing.sweep();
        replacements.sweep();
        keys.sweep();
    }

    /// The server stops: no worker outlives it.
    @Override
    public void close() {
        unsealing.closeAll();
        trials.closeAll();
        replacements.closeAll();
    }

    /// Sees to it that clients are shown the right device of each custodian.
    void rotate() {
        devices = load();
        devices.values().forEach(months::rotate);
    }

    private List<Device> devicesOf(String organization) {
        return devices.values().stream()
                .flatMap(List::stream)
                .filter(device -> device.organization().equals(organization))
                .toList();
    }

    /// Stands before each message: where an organisation's policy says so, what a client keeps from its custodian is
    /// refused.
    public SendingGate gate(Predicate<String> refuses) {
        return (caller, room, type, content) -> withheld.check(caller, room, type, refuses);
    }

    /// Flags devices that speak and have never sent the custodian anything.
    public void findSilent() {
        withheld.findSilent(organization -> !devicesOf(organization).isEmpty());
    }

    /// The first month that no ceremony has made a device for. Errors: `M_FORBIDDEN` while there are enough.
    YearMonth nextMonth(String organization) {
        var all = devicesOf(organization);
        if (all.isEmpty()) {
            return months.now();
        }
        var next = all.getLast().month().month().plusMonths(1);
        if (next.isAfter(months.now().plusMonths(CeremonyOrder.MONTHS))) {
            throw Order.refused("There are devices for a year to come. Another ceremony is not needed yet.");
        }
        return next;
    }

    List<Withheld.Shown> withheld(String organization) {
        return withheld.list(organization);
    }

    List<Months.Shown> months(String organization) {
        return months.shown(devicesOf(organization));
    }

    /// Empty while there are devices enough.
    String warning(String organization) {
        var all = devicesOf(organization);
        return all.isEmpty() ? "No key ceremony has been held." : months.warning(all);
    }

    /// Takes the device in use out of use for good and lists the next month's in its place.
    void revoke(String organization, UserId by, String reason) {
        months.revoke(devicesOf(organization), by, reason);
        devices = load();
    }

    /// The public half of the key that this server signs an organisation's case files with.
    private byte[] caseKey(String organization) {
        return Ed25519.publicKey(casePrivateKey(organization));
    }

    private byte[] casePrivateKey(String organization) {
        return parts.ground()
                .keys()
                .key(new KeyName("signing", "custodian-case/" + organization))
                .derive("ed25519");
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "The keys of staff conversations as ciphertext that the organisation cannot read alone: sender, device, time. Of"
                        + " each officer: name, user id, a public key and a share that only they open.",
                "By a case: two officers open what the person said or what was said of them.",
                "With the month's key, once retention has run out and no hold covers it.");
    }
}
