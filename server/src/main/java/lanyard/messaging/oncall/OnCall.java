package lanyard.messaging.oncall;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.oncall.Availability.Cover;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.standards.matrix.UserId;
import lanyard.trust.console.Console;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ObjectNode;

/// Who is on call, and who is there. Owns the tables `on_call_role`, `on_call_shift` and `availability`.
public final class OnCall implements Feature {
    /// The account data by which a person's apps hear that they should ask again.
    public static final String NEWS = "org.lanyard.on_call";

    private final OnCallParts parts;
    private final Rotas rotas;
    private final Availabilities availabilities;
    private Optional<Console> console = Optional.empty();

    public OnCall(OnCallParts parts) {
        this.parts = parts;
        rotas = new Rotas(parts);
        availabilities = new Availabilities(parts, rotas);
    }

    /// The organisation's roles and who holds them, as of now.
    public Rota rota(String organization) {
        return rotas.of(organization);
    }

    /// Those who hold the role now and can be reached.
    public List<UserId> holders(String organization, String role) {
        return rotas.of(organization).holders(role, parts.now()).stream()
                .filter(user -> parts.identity()
                        .people()
                        .find(user)
                        .map(Person::reachable)
                        .orElse(false))
                .toList();
    }

    /// Everybody who is on call now in an organisation.
    public Stream<UserId> everybodyNow(String organization) {
        return rotas.of(organization).everybody(parts.now());
    }

    /// Who covers for somebody who is off now, if they said so.
    public Optional<Cover> cover(String organization, UserId user) {
        return availabilities.cover(organization, user);
    }

    /// What colleagues see of whether the person is there: `{state, until_ts?, covered_by?, on_call?}`.
    public ObjectNode availability(UserId user) {
        return availabilities.json(parts.identity().people().get(user).organization(), user);
    }

    /// The demonstration's roles and shifts, with nobody asked whether they may be.
    public void fill(String organization, List<OnCallRole> roles, List<Shift> shifts) {
        rotas.fill(organization, roles, shifts);
    }

    /// The demonstration's people say whether they are there.
    public void say(Availability said) {
        availabilities.put(said);
    }

    /// The rota has pages there.
    public OnCall shownOn(Console pages) {
        console = Optional.of(pages);
        return this;
    }

    @Override
    public void routes(Routes routes) {
        console.ifPresent(pages -> new RotaPages(parts, rotas).addTo(pages, routes));
        new OnCallEndpoints(parts, rotas).addTo(routes);
        new AvailabilityEndpoints(parts, availabilities).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("on-call-sweep", Duration.ofHours(1), rotas::sweep);
        jobs.every("availability-sweep", Duration.ofHours(6), availabilities::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Which on-call role a person holds when; whether they say that they are on duty, who covers for them,"
                        + " their working hours.",
                "Shifts, and what they said last.",
                "Shifts ninety days after their end; what was said with the account.");
    }
}
