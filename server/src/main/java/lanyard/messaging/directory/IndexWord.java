package lanyard.messaging.directory;

/// A word of the directory, once however many people have it, and who they are.
final class IndexWord {
    final String text;
    /// Whose name has it, run together with its neighbour or in the user id too.
    final Slots inNames = new Slots();
    /// Whose role, ward, register, employer or bleep has it.
    final Slots inWork = new Slots();

    IndexWord(String text) {
        this.text = text;
    }
}
