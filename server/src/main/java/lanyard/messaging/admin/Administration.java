package lanyard.messaging.admin;

import java.time.Duration;
import java.util.Optional;
import lanyard.messaging.media.StoredMedia;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import org.jspecify.annotations.Nullable;

/// Lets operators' tools work that were made for Synapse: people, devices, rooms, files, reports. Every route asks
/// first
/// whether the caller is an administrator of their organisation, and shows that organisation alone.
public final class Administration implements Feature {
    private final AdminParts parts;
    private final RoomDeletions deletions;
    private volatile @Nullable FileEnd files;

    public Administration(AdminParts parts) {
        this.parts = parts;
        this.deletions = new RoomDeletions(parts);
    }

    /// Who says whether a room may be ended and a file destroyed; until there is somebody, none may.
    public void asks(RoomEnd aboutRooms, FileEnd aboutFiles) {
        deletions.decidedBy(aboutRooms);
        files = aboutFiles;
    }

    private Optional<String> whyKept(Tx tx, StoredMedia file) {
        var governance = files;
        return governance == null
                ? Optional.of("Nobody can say here whether the file must be kept.")
                : governance.whyKept(tx, file);
    }

    @Override
    public void routes(Routes routes) {
        var door = new AdminDoor(parts.identity());
        new AdminPeopleEndpoints(parts, door).addTo(routes);
        new AdminRoomEndpoints(parts, door).addTo(routes);
        new AdminMediaEndpoints(parts, door, this::whyKept).addTo(routes);
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
