package lanyard.platform;

/// What a feature holds about a person, how a copy is given out and how it is erased, in words a records officer reads.
public record PersonalData(String holds, String export, String erase) {
    public PersonalData {
        if (holds.isBlank() || export.isBlank() || erase.isBlank()) {
            throw new IllegalArgumentException("say what is held, how it is exported and how it is erased");
        }
    }

    /// For a feature that holds nothing about anybody.
    public static PersonalData none(String why) {
        return new PersonalData("Nothing: " + why, "Nothing to export.", "Nothing to erase.");
    }
}
