package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which events somebody wants to see.
/// <https://spec.matrix.org/v1.18/client-server-api/#post_matrixclientv3useruseridfilter>, EventFilter and
/// RoomEventFilter.
public final class EventFilter {
    public static final EventFilter ALL = new EventFilter(Json.object());

    private static final int LONGEST_LIST = 1000;

    private final Choice types;
    private final Choice senders;
    private final Choice rooms;
    private final @Nullable Boolean containsUrl;
    private final ObjectNode source;

    private EventFilter(ObjectNode source) {
        this.source = source;
        this.types = Choice.of(source, "types", "not_types");
        this.senders = Choice.of(source, "senders", "not_senders");
        this.rooms = Choice.of(source, "rooms", "not_rooms");
        this.containsUrl = Json.optionalBoolean(source, "contains_url").orElse(null);
    }

    /// Errors: `M_BAD_JSON` for a part of the wrong shape, `M_INVALID_PARAM` for a list without end.
    public static EventFilter of(JsonNode filter) {
        if (filter.isMissingNode() || filter.isEmpty()) {
            return ALL;
        }
        if (filter instanceof ObjectNode object) {
            return new EventFilter(object);
        }
        throw new MatrixException(ErrorCode.M_BAD_JSON, "Each part of a filter is an object.");
    }

    /// How many events are wanted, between 0 and `most`.
    public int limit(int usual, int most) {
        return Math.clamp(Json.optionalLong(source, "limit").orElse((long) usual), 0, most);
    }

    public boolean lazyMembers() {
        return flag("lazy_load_members");
    }

    /// Also members of whom the client has been told before.
    public boolean redundantMembers() {
        return flag("include_redundant_members");
    }

    public boolean threadNotifications() {
        return flag("unread_thread_notifications");
    }

    private boolean flag(String name) {
        return Json.optionalBoolean(source, name).orElse(false);
    }

    /// Only events that others relate to in one of these ways.
    List<String> relatedByTypes() {
        return Choice.texts(source, "related_by_rel_types").orElse(List.of());
    }

    List<String> relatedBySenders() {
        return Choice.texts(source, "related_by_senders").orElse(List.of());
    }

    boolean asksRelations() {
        return !relatedByTypes().isEmpty() || !relatedBySenders().isEmpty();
    }

    /// Whether it leaves no event out.
    public boolean isOpen() {
        return types.isOpen() && senders.isOpen() && containsUrl == null && !asksRelations();
    }

    public boolean wantsRoom(RoomId room) {
        return rooms.accepts(room.value());
    }

    public boolean accepts(TimelineEvent event) {
        return isOpen()
                || (accepts(event.type(), event.sender().value())
                        && acceptsUrl(event.pdu().path("content")));
    }

    public boolean accepts(StateEvent event) {
        return isOpen()
                || (accepts(event.pdu().path("type").asString(""), event.sender()) && acceptsUrl(event.content()));
    }

    public boolean accepts(String type, String sender) {
        return types.accepts(type) && senders.accepts(sender);
    }

    public boolean acceptsType(String type) {
        return types.accepts(type);
    }

    private boolean acceptsUrl(JsonNode content) {
        return containsUrl == null || containsUrl == content.path("url").isString();
    }

    /// What is in the list, if there is one, and not in the other.
    private record Choice(@Nullable Set<String> wanted, Set<String> unwanted, List<String> patterns, boolean inverse) {
        static Choice of(ObjectNode source, String yes, String no) {
            var wanted = texts(source, yes);
            var unwanted = texts(source, no).orElse(List.of());
            var patterns = new ArrayList<String>();
            wanted.ifPresent(list -> list.stream().filter(Choice::isPattern).forEach(patterns::add));
            return new Choice(
                    wanted.<Set<String>>map(Set::copyOf).orElse(null),
                    Set.copyOf(unwanted),
                    List.copyOf(patterns),
                    unwanted.stream().anyMatch(Choice::isPattern));
        }

        boolean isOpen() {
            return wanted == null && unwanted.isEmpty();
        }

        boolean accepts(String value) {
            return !unwanted.contains(value)
                    && (!inverse || unwanted.stream().filter(Choice::isPattern).noneMatch(one -> matches(one, value)))
                    && (wanted == null
                            || wanted.contains(value)
                            || patterns.stream().anyMatch(one -> matches(one, value)));
        }

        private static boolean isPattern(String text) {
            return text.indexOf('*') >= 0;
        }

        /// `*` stands for any text. Goes once through the value, whatever the pattern.
        private static boolean matches(String pattern, String value) {
            var pieces = pattern.split("\\*", -1);
            var last = pieces[pieces.length - 1];
            if (!value.startsWith(pieces[0])) {
                return false;
            }
            var at = pieces[0].length();
            for (var i = 1; i < pieces.length - 1; i++) {
                var found = value.indexOf(pieces[i], at);
                if (found < 0) {
                    return false;
                }
                at = found + pieces[i].length();
            }
            return value.length() - last.length() >= at && value.endsWith(last);
        }

        static Optional<List<String>> texts(ObjectNode source, String name) {
            return Json.optionalArray(source, name).map(list -> {
                if (list.size() > LONGEST_LIST) {
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "A filter names at most " + LONGEST_LIST + " of each.");
                }
                return list.valueStream()
                        .map(item -> {
                            if (!item.isString()) {
                                throw new MatrixException(ErrorCode.M_BAD_JSON, name + " must be a list of texts.");
                            }
                            return item.stringValue();
                        })
                        .distinct()
                        .collect(Collectors.toUnmodifiableList());
            });
        }
    }
}
