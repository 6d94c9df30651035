package lanyard.messaging.membership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.timeline.ReadingBack;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Person;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `docs/api.md`, Members.
final class MemberEndpoints {
    private static final String ROOM = "/_lanyard/v1/rooms/{roomId}/";

    private final Membership membership;
    private final MembershipParts parts;
    private final Adding adding;
    private final Owners owners;
    private final Reviewing reviewing;

    MemberEndpoints(Membership membership, MembershipParts parts, Adding adding, Owners owners, Reviewing reviewing) {
        this.membership = membership;
        this.parts = parts;
        this.adding = adding;
        this.owners = owners;
        this.reviewing = reviewing;
    }

    void addTo(Routes routes) {
        routes.add("POST " + ROOM + "members", this::addMembers);
        routes.add("GET " + ROOM + "members", this::listMembers);
        routes.add("GET " + ROOM + "suggestions", this::suggestMembers);
        routes.add("PUT " + ROOM + "owner", this::handOver);
    }

    private Reply addMembers(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        var wish = new Adding.Wish(
                people(body),
                reason(body),
                Way.of(Json.optionalText(body, "by").orElse("one")),
                Json.optionalLong(body, "until_ts"),
                Json.optionalText(body, "sponsor_user_id").map(UserId::new));
        adding.add(caller, new RoomId(x.param("roomId")), wish);
        return Reply.empty();
    }

    private static List<UserId> people(ObjectNode body) {
        var people = new ArrayList<UserId>();
        Json.optionalText(body, "user_id").ifPresent(user -> people.add(new UserId(user)));
        people.addAll(users(body, "user_ids"));
        return people.stream().distinct().toList();
    }

    static List<UserId> users(ObjectNode body, String field) {
        var users = new ArrayList<UserId>();
        for (var user : Json.optionalArray(body, field).orElseGet(Json::array)) {
            if (!user.isString()) {
                throw new MatrixException(ErrorCode.M_BAD_JSON, field + " must be a list of user ids.");
            }
            users.add(new UserId(user.stringValue()));
        }
        return users;
    }

    private static String reason(ObjectNode body) {
        var reason = Json.text(body, "reason").strip();
        if (reason.isEmpty() || reason.length() > Adding.LONGEST_REASON) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "Say why they join, in at most " + Adding.LONGEST_REASON
                            + " characters. Everybody there reads it.");
        }
        return reason;
    }

    private Reply listMembers(Exchange x) {
        var caller = parts.identity().caller(x);
        var conversation = reviewing.get(caller, new RoomId(x.param("roomId")));
        var reply = Json.object();
        reply.set("members", members(conversation));
        return Reply.json(reply);
    }

    /// The people of a conversation with how they came, the longest there first.
    ArrayNode members(Conversation conversation) {
        Map<UserId, MemberRow> rows = membership.list(conversation.room()).stream()
                .collect(Collectors.toMap(MemberRow::user, Function.identity()));
        var room = parts.timeline().getRoom(conversation.room());
        var members = Json.array();
        parts.rooms().people(room).stream()
                .sorted(Comparator.comparingLong(room::joinedSince))
                .forEach(user -> members.add(member(conversation, user, Optional.ofNullable(rows.get(user)))));
        return members;
    }

    private ObjectNode member(Conversation conversation, UserId user, Optional<MemberRow> row) {
        var room = parts.timeline().getRoom(conversation.room());
        var member = person(user);
        row.ifPresent(known -> {
            member.put("added_by", known.addedBy().value())
                    .put("added_ts", known.addedTs())
                    .put("reason", known.reason())
                    .put("by", known.way().word())
                    .put("reads_from_ts", ReadingBack.fromTs(room, user).orElseGet(known::addedTs));
            ReadingBack.note(room, user).ifPresent(note -> member.put("reads_event_id", note.value()));
            known.untilTs().ifPresent(until -> member.put("until_ts", until));
            known.sponsor().ifPresent(sponsor -> member.put("sponsor_user_id", sponsor.value()));
        });
        return member.put("owner", conversation.owner().equals(user))
                .put("deputy", conversation.deputy().filter(user::equals).isPresent());
    }

    private ObjectNode person(UserId user) {
        return parts.identity()
                .people()
                .find(user)
                .map(this::face)
                .orElseGet(() -> Json.object().put("user_id", user.value()));
    }

    private ObjectNode face(Person person) {
        return Json.object()
                .put("user_id", person.id().value())
                .put("display_name", person.displayName())
                .put("role", person.role())
                .put("ward", person.ward())
                .put("outsider", person.isOutsider());
    }

    /// A ward's team, the caller's own unless they name another, and who is on call; without those who are inside.
    private Reply suggestMembers(Exchange x) {
        var caller = parts.identity().caller(x);
        var room = parts.timeline().getRoomOf(caller.user(), new RoomId(x.param("roomId")));
        var ward = x.query("ward")
                .orElseGet(() -> parts.identity().people().get(caller.user()).ward());
        var staff = parts.identity().people().listStaff(caller.organization());
        var reply = Json.object().put("ward", ward);
        var wards = reply.putArray("wards");
        staff.stream()
                .map(Person::ward)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .forEach(wards::add);
        var people = reply.putArray("people");
        var rota = reply.putArray("rota");
        var onRota = adding.onRota(caller.organization());
        for (var person : staff) {
            if (room.isJoined(person.id()) || person.isOutsider()) {
                continue;
            }
            if (!ward.isEmpty() && person.ward().equals(ward)) {
                people.add(face(person).put("reachable", person.reachable()));
            }
            if (onRota.contains(person.id())) {
                rota.add(face(person).put("reachable", person.reachable()));
            }
        }
        return Reply.json(reply);
    }

    private Reply handOver(Exchange x) {
        var caller = parts.identity().caller(x);
        var body = x.body();
        owners.handOver(
                caller,
                new RoomId(x.param("roomId")),
                new UserId(Json.text(body, "owner_user_id")),
                Json.optionalText(body, "deputy_user_id").map(UserId::new));
        return Reply.empty();
    }
}
