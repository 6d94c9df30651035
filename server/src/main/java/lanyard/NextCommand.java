package lanyard;

import static lanyard.SettingName.LANYARD_DATA;
import static lanyard.SettingName.LANYARD_SETTINGS;

import java.nio.file.Path;
import java.util.Map;

/// What somebody types in another window to run a command on the data that this one runs on: with what was set for it,
/// or the command would look for the usual directory and find nothing there.
final class NextCommand {
    private NextCommand() {}

    /// `scripts/lanyard` with `arguments`. Nothing is put before it where the usual directory is meant, which the
    /// script names by itself.
    static String of(Map<String, String> environment, String arguments) {
        return set(environment, LANYARD_SETTINGS) + set(environment, LANYARD_DATA) + "scripts/lanyard " + arguments;
    }

    private static String set(Map<String, String> environment, SettingName name) {
        var value = environment.getOrDefault(name.name(), "").strip();
        if (value.isEmpty()) {
            return "";
        }
        var path = Path.of(value).toAbsolutePath().normalize();
        return name == LANYARD_DATA && path.equals(Path.of(".lanyard").toAbsolutePath())
                ? ""
                : name + "=" + quoted(path.toString()) + " ";
    }

    /// For a POSIX shell.
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
