package lanyard.messaging.admin;

import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;

/// Lets operators' tools work that were made for Synapse: people, devices, rooms, files, reports. Every route asks
/// first
/// whether the caller is an administrator of their organisation, and shows that organisation alone.
public final class Administration implements Feature {
    private final AdminParts parts;

    public Administration(AdminParts parts) {
        this.parts = parts;
    }

    @Override
    public void routes(Routes routes) {
        var door = new AdminDoor(parts.identity());
        new AdminPeopleEndpoints(parts, door).addTo(routes);
        new AdminRoomEndpoints(parts, door).addTo(routes);
        new AdminMediaEndpoints(parts, door).addTo(routes);
        new SharedSecretEndpoints(parts).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("it shows what other features keep");
    }
}
