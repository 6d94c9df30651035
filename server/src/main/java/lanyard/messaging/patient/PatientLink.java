package lanyard.messaging.patient;

/// Which patient a room is about. `version` counts how often that was set, so that somebody who signs for one patient
/// can be told that the room is about another by now.
public record PatientLink(PatientId patient, int version) {}
