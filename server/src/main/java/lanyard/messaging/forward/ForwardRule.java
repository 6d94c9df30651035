package lanyard.messaging.forward;

import java.util.Optional;
import lanyard.messaging.room.RoomKind;

/// The matrix of what may be forwarded where, from kind to kind (G29).
///
/// | from \ to | clinical | operational | social |
/// |---|---|---|---|
/// | clinical | about the same patient, or neither about one | no | no |
/// | operational | yes | yes | no |
/// | social | no | no | yes |
final class ForwardRule {
    private ForwardRule() {}

    /// Why not; empty where it may. `samePatient`: both are linked to one patient, or neither to any.
    static Optional<String> refusal(RoomKind from, RoomKind to, boolean samePatient) {
        return switch (from) {
            case CLINICAL ->
                to != RoomKind.CLINICAL
                        ? Optional.of("What is said about patients stays in clinical conversations.")
                        : samePatient
                                ? Optional.empty()
                                : Optional.of("The two conversations are not about the same patient.");
            case OPERATIONAL ->
                to == RoomKind.SOCIAL
                        ? Optional.of("What is said about work does not go to social conversations.")
                        : Optional.empty();
            case SOCIAL ->
                to == RoomKind.SOCIAL
                        ? Optional.empty()
                        : Optional.of("What is said in social conversations stays in social ones.");
        };
    }
}
