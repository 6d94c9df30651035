package lanyard;

import static lanyard.SettingName.LANYARD_SETTINGS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import lanyard.platform.CannotStartException;

/// What has been set, as text: the environment over the file. Empty counts as not set.
final class Variables {
    private final Map<SettingName, String> values = new EnumMap<>(SettingName.class);

    private Variables() {}

    static Variables of(Map<String, String> environment) {
        var variables = new Variables();
        var file = environment.getOrDefault(LANYARD_SETTINGS.name(), "");
        if (!file.isBlank()) {
            variables.put(contents(Path.of(file)), " in " + file);
        }
        variables.put(environment, "");
        return variables;
    }

    private void put(Map<String, String> from, String where) {
        from.forEach((name, value) -> {
            if (name.startsWith(SettingName.PREFIX) && !value.isBlank()) {
                values.put(known(name, where), value.strip());
            }
        });
    }

    private static SettingName known(String name, String where) {
        return SettingName.find(name)
                .orElseThrow(() -> new CannotStartException(
                        name + where + " is not a setting of Lanyard; there are " + SettingName.list() + "."));
    }

    private static Map<String, String> contents(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStartException(
                    LANYARD_SETTINGS + " names " + file
                            + ", which cannot be read: give the path of a file with NAME=value on each line.",
                    e);
        }
        var names = properties.stringPropertyNames();
        var strange = names.stream()
                .filter(name -> SettingName.find(name).isEmpty() || name.equals(LANYARD_SETTINGS.name()))
                .findFirst();
        if (strange.isPresent()) {
            throw new CannotStartException(strange.get() + " in " + file + " is not a setting for a file; there are "
                    + SettingName.list() + ".");
        }
        return names.stream().collect(java.util.stream.Collectors.toMap(name -> name, properties::getProperty));
    }

    Optional<String> find(SettingName name) {
        return Optional.ofNullable(values.get(name));
    }

    List<String> list(SettingName name) {
        return find(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    boolean isTrue(SettingName name, boolean otherwise) {
        return find(name).map(value -> truth(name, value)).orElse(otherwise);
    }

    private static boolean truth(SettingName name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, value, "true or false");
        };
    }

    /// The one form of every refusal: what it is and what would be right. Not for secrets.
    static CannotStartException refused(SettingName name, String value, String right) {
        return new CannotStartException(name + " is \"" + value + "\": give " + right + ".");
    }
}
