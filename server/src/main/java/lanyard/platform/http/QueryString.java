package lanyard.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters after the question mark, or a form's fields; a name may come more than once.
public final class QueryString {
    private final Map<String, List<String>> values;

    private QueryString(Map<String, List<String>> values) {
        this.values = values;
    }

    public static QueryString parse(@Nullable String raw) {
        var values = new HashMap<String, List<String>>();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                var equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                var value = equals < 0 ? "" : pair.substring(equals + 1);
                if (!name.isEmpty()) {
                    values.computeIfAbsent(Percent.decodeQuery(name), _ -> new ArrayList<>())
                            .add(Percent.decodeQuery(value));
                }
            }
        }
        return new QueryString(values);
    }

    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }
}
