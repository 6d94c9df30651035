package lanyard;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.oncall.Availability;
import lanyard.messaging.oncall.Availability.Cover;
import lanyard.messaging.oncall.Availability.State;
import lanyard.messaging.oncall.OnCall;
import lanyard.messaging.oncall.OnCallRole;
import lanyard.messaging.oncall.Rota;
import lanyard.messaging.oncall.Shift;
import lanyard.messaging.oncall.WorkingHours;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.jobs.Jobs;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Organization;

/// The demonstration's on-call roles: whenever somebody looks, two weeks are planned and nobody is missing. What is
/// changed stays changed.
final class DemonstrationRota implements Feature {
    private static final long SHIFT = Duration.ofHours(12).toMillis();
    private static final Duration PLANNED = Duration.ofDays(14);

    /// The first of `people` begins.
    private record Made(String id, String name, String next, String lead, List<String> people) {}

    private static final String SITE = "demonstration-site";
    private static final List<Made> ROLES = List.of(
            new Made(SITE, "Site manager", "", "", List.of("grace.mensah", "ngozi.eze")),
            new Made(
                    "demonstration-registrar",
                    "Medical registrar on call",
                    SITE,
                    "mohammed.khan",
                    List.of("rhian.lloyd", "priya.nair")),
            new Made("demonstration-pharmacist", "Pharmacist on call", SITE, "", List.of("amara.okafor")));

    private final Ground ground;
    private final OnCall onCall;

    DemonstrationRota(Ground ground, OnCall onCall) {
        this.ground = ground;
        this.onCall = onCall;
    }

    /// Makes roles where there are none, and plans on where the plan ends.
    void fill() {
        var made = ground.settings().conformance() ? Stream.<Organization>empty() : organizations();
        made.forEach(organization -> {
            var rota = onCall.rota(organization.odsCode());
            var fresh = rota.roles().isEmpty() ? roles(organization) : List.<OnCallRole>of();
            var known = fresh.isEmpty() ? rota.roles().keySet() : ids();
            var shifts = ROLES.stream()
                    .filter(role -> known.contains(role.id()))
                    .flatMap(role -> missing(organization, rota, role))
                    .toList();
            if (!shifts.isEmpty()) {
                onCall.fill(organization.odsCode(), fresh, shifts);
            }
            if (!fresh.isEmpty()) {
                say(organization);
            }
        });
    }

    private static Set<String> ids() {
        return ROLES.stream().map(Made::id).collect(Collectors.toSet());
    }

    private Stream<Organization> organizations() {
        return ground.identity().organizations().list().stream().filter(Organization::demonstration);
    }

    private static List<OnCallRole> roles(Organization organization) {
        return ROLES.stream()
                .map(role -> new OnCallRole(
                        role.id(),
                        organization.odsCode(),
                        role.name(),
                        "",
                        Optional.of(role.next()).filter(next -> !next.isEmpty()),
                        Optional.of(role.lead()).filter(lead -> !lead.isEmpty()).map(lead -> user(organization, lead))))
                .toList();
    }

    private static UserId user(Organization organization, String name) {
        return UserId.of(name, organization.serverName());
    }

    private Stream<Shift> missing(Organization organization, Rota rota, Made role) {
        var now = ground.clock().millis();
        var begin = now - now % SHIFT;
        var planned = rota.shifts().stream()
                .filter(shift -> shift.role().equals(role.id()))
                .mapToLong(Shift::untilTs)
                .max()
                .orElse(begin);
        var shifts = new ArrayList<Shift>();
        var turn = planned <= begin ? 0 : (int) (planned / SHIFT % role.people().size());
        for (var from = Math.max(begin, planned); from < now + PLANNED.toMillis(); from += SHIFT) {
            var who = role.people().get(turn++ % role.people().size());
            shifts.add(new Shift(role.id(), user(organization, who), from, from + SHIFT, Optional.empty()));
        }
        return shifts.stream();
    }

    private void say(Organization organization) {
        var week = Stream.of(DayOfWeek.values())
                .limit(5)
                .map(day -> new WorkingHours.Time(day, LocalTime.of(8, 0), LocalTime.of(18, 0)))
                .toList();
        onCall.say(new Availability(
                user(organization, "muhammad.khan"),
                State.UNKNOWN,
                Optional.empty(),
                Optional.of(new Cover.Role("demonstration-registrar")),
                new WorkingHours(week)));
        onCall.say(new Availability(
                user(organization, "tom.fletcher"),
                State.BUSY,
                Optional.empty(),
                Optional.empty(),
                new WorkingHours(week)));
        onCall.say(new Availability(
                user(organization, "beatriz.almeida"),
                State.OFF,
                Optional.of(ground.clock().millis() + Duration.ofDays(3).toMillis()),
                Optional.of(new Cover.Colleague(user(organization, "sian.evans"))),
                new WorkingHours(List.of())));
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("demonstration-rota", Duration.ofMinutes(10), this::fill);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("Its people are made up.");
    }
}
