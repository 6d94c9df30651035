package lanyard.messaging.patient;

import java.time.LocalDate;
import lanyard.standards.nhs.NhsNumber;

/// What the banner above a conversation shows. It hides itself.
public record Patient(String name, LocalDate birthDate, NhsNumber nhsNumber) {
    private static final int LONGEST_NAME = 200;

    public Patient {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a patient's name has 1 to 200 characters and no control characters");
        }
    }

    @Override
    public String toString() {
        return "Patient[hidden]";
    }
}
