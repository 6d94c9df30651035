package lanyard.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.messaging.account.ProfileStore.Field;
import lanyard.messaging.timeline.Draft;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Person;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a person's profile says: the name from the organisation, the rest from themselves.
/// <https://spec.matrix.org/v1.18/client-server-api/#profiles>
public final class Profiles {
    static final String NAME = "displayname";
    static final String PICTURE = "avatar_url";
    /// What colleagues know somebody by: nobody can call themselves somebody else.
    static final Set<String> OF_THE_ORGANIZATION = Set.of(NAME, PICTURE);

    private static final int LONGEST_KEY = 255;
    private static final int LARGEST = 65_536;
    private static final Pattern KEY =
            Pattern.compile("avatar_url|displayname|m\\.tz|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
    private static final Pattern MXC = Pattern.compile("mxc://[^/\\s]{1,255}/[A-Za-z0-9_-]{1,255}");
    private static final int PEOPLE = 20_000;

    private final AccountParts parts;
    private final ProfileStore store = new ProfileStore();
    private final Cache<UserId, List<Field>> fields =
            Caffeine.newBuilder().maximumSize(PEOPLE).build();

    Profiles(AccountParts parts) {
        this.parts = parts;
    }

    ObjectNode of(Person person) {
        var profile = Json.object().put(NAME, person.displayName());
        fields(person.id()).forEach(field -> profile.set(field.key(), field.value()));
        return profile;
    }

    /// The address of a person's picture.
    public Optional<String> picture(UserId user) {
        return fields(user).stream()
                .filter(field -> field.key().equals(PICTURE) && field.value().isString())
                .map(field -> field.value().stringValue())
                .findFirst();
    }

    private List<Field> fields(UserId user) {
        return fields.get(user, key -> parts.database().read(tx -> store.list(tx, key)));
    }

    /// Errors: `M_KEY_TOO_LARGE`, `M_INVALID_PARAM`.
    static String goodKey(String key) {
        if (key.length() > LONGEST_KEY) {
            throw new MatrixException(ErrorCode.M_KEY_TOO_LARGE, "A field's name has up to 255 characters.");
        }
        if (!KEY.matcher(key).matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A field of one's own is named like org.example.job_title.");
        }
        return key;
    }

    /// Errors: `M_PROFILE_TOO_LARGE`, `M_BAD_JSON` for a name, picture or time zone that is none.
    void put(Person person, String key, JsonNode value) {
        requireGood(key, value);
        var whole = of(person);
        whole.set(key, value);
        if (Json.bytes(whole).length > LARGEST) {
            throw new MatrixException(ErrorCode.M_PROFILE_TOO_LARGE, "A profile holds up to 64 KiB.");
        }
        change(person.id(), key, commit -> {
            if (key.equals(NAME)) {
                parts.identity().people().rename(commit, person.id(), value.stringValue());
            } else {
                store.put(commit.tx(), person.id(), key, value);
            }
        });
        tellRooms(person.id(), key, Optional.of(value));
    }

    private static void requireGood(String key, JsonNode value) {
        var good = switch (key) {
            case NAME ->
                value.isString()
                        && !value.stringValue().isBlank()
                        && value.stringValue().length() <= 200;
            case PICTURE -> value.isString() && MXC.matcher(value.stringValue()).matches();
            case "m.tz" -> value.isString() && value.stringValue().length() <= LONGEST_KEY;
            default -> true;
        };
        if (!good) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "That is not what " + key + " can be.");
        }
    }

    void delete(Person person, String key) {
        if (key.equals(NAME)) {
            put(person, key, Json.object().put("v", person.id().localpart()).get("v"));
            return;
        }
        change(person.id(), key, commit -> store.delete(commit.tx(), person.id(), key));
        tellRooms(person.id(), key, Optional.empty());
    }

    private void change(UserId user, String key, java.util.function.Consumer<Commit> change) {
        parts.writer().write(commit -> {
            change.accept(commit);
            commit.afterCommit(() -> fields.invalidate(user));
            return key;
        });
    }

    /// Names and pictures stand in each room's member event too. One deed for each room, so that a person of many rooms
    /// holds nobody up.
    private void tellRooms(UserId user, String key, Optional<JsonNode> value) {
        if (key.equals(NAME) || key.equals(PICTURE)) {
            parts.timeline().memberships().joined(user).toList().forEach(room -> tell(room, user, key, value));
        }
    }

    private void tell(RoomId id, UserId user, String key, Optional<JsonNode> value) {
        parts.writer().write(commit -> {
            var room = parts.timeline().getRoom(commit, id);
            if (!room.isJoined(user)) {
                return false;
            }
            var content = room.state(StateKey.member(user.value()))
                    .orElseThrow()
                    .content()
                    .deepCopy();
            value.ifPresentOrElse(to -> content.set(key, to), () -> content.remove(key));
            content.remove("join_authorised_via_users_server");
            parts.timeline().append(commit, Draft.state(id, user, StateKey.member(user.value()), content));
            return true;
        });
    }
}
