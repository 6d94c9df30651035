package lanyard.messaging.admin;

import java.time.Duration;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;

/// Lets operators' tools work that were made for Synapse: people, devices, rooms, files, reports. Every route asks
/// first
/// whether the caller is an administrator of their organisation, and shows that organisation alone.
public final class Administration implements Feature {
    private final AdminParts parts;
    private final RoomDeletions deletions;

    public Administration(AdminParts parts) {
        this.parts = parts;
        this.deletions = new RoomDeletions(parts);
    }

    /// Who says whether a room may be ended; until there is somebody, none may.
    public void roomsEndBy(RoomEnd governance) {
        deletions.decidedBy(governance);
    }

    @Override
    public void routes(Routes routes) {
        var door = new AdminDoor(parts.identity());
        new AdminPeopleEndpoints(parts, door).addTo(routes);
        new AdminRoomEndpoints(parts, door).addTo(routes);
        new AdminMediaEndpoints(parts, door).addTo(routes);
        new RegistrationTokenEndpoints(parts, door).addTo(routes);
        new SharedSecretEndpoints(parts).addTo(routes);
        new AdminAccountEndpoints(parts, door).addTo(routes);
        new RoomDeletionEndpoints(parts, door, deletions).addTo(routes);
        new AdminRefusals(door).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("room-deletions", Duration.ofMinutes(1), deletions::carryOn);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Which administrator ended which room, and who was sent away from it.",
                "The lines that name the person.",
                "Kept: they prove who ended what and hold nothing that was said.");
    }
}
