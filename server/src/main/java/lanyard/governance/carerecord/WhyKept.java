package lanyard.governance.carerecord;

import java.util.List;
import java.util.Optional;
import lanyard.messaging.patient.Patients;
import lanyard.trust.hold.Holds;

/// Why messages are still there although the record has the decision they were taken in.
final class WhyKept {
    private final CareRecordGround ground;
    private final Holds holds;
    private final Patients patients;
    private final ReleaseStore releases = new ReleaseStore();

    WhyKept(CareRecordGround ground, CareRecord.Others others) {
        this.ground = ground;
        this.holds = others.holds();
        this.patients = others.patients();
    }

    /// Empty when nothing but time keeps them.
    Optional<String> because(Decision decision) {
        if (decision.status() == Status.WITHDRAWN) {
            return Optional.of("entered_in_error");
        }
        if (!decision.status().isAcknowledged() || decision.originalsGoTs() == null) {
            return Optional.empty();
        }
        if (ground.database().read(tx -> holds.covers(tx, patients.doomed(tx, List.of(decision.room()))))) {
            return Optional.of("hold");
        }
        if (decision.isMarkedInError()) {
            return Optional.of("entered_in_error");
        }
        if (!decision.queriedBy().isEmpty()) {
            return Optional.of("query");
        }
        var now = ground.clock().instant();
        if (decision.originalsGoTs() <= now.toEpochMilli()
                && ground.database().read(tx -> releases.areNeededElsewhere(tx, decision.id(), now))) {
            return Optional.of("other_decision");
        }
        return switch (decision.delay()) {
            case UNDELIVERED -> Optional.of("undelivered");
            case FILE -> Optional.of("file");
            case NONE -> Optional.empty();
        };
    }
}
