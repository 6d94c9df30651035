package lanyard.messaging.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lanyard.messaging.sync.Connections.Seen;
import lanyard.messaging.sync.Connections.Sent;
import lanyard.messaging.sync.SlidingFilter.Owner;
import lanyard.messaging.sync.SlidingRequest.Config;
import lanyard.messaging.sync.SlidingRoom.Shown;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.RoomView;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;

/// The rooms that a device looks at, and only what is new in them. The same rooms, histories and rules as `/v3/sync`.
/// <https://github.com/matrix-org/matrix-spec-proposals/pull/4186>
final class SlidingSync {
    private final SyncParts parts;
    private final Presence presence;
    private final Parks parks;
    private final Connections connections = new Connections();

    SlidingSync(SyncParts parts, Presence presence, Parks parks) {
        this.parts = parts;
        this.presence = presence;
        this.parks = parks;
    }

    void addTo(Routes routes) {
        routes.add("POST /_matrix/client/unstable/org.matrix.simplified_msc3575/sync", this::simplifiedSlidingSync);
        routes.add("POST /_matrix/client/v4/sync", this::slidingSync);
    }

    private Reply simplifiedSlidingSync(Exchange x) {
        return sync(x, SlidingForm.UNSTABLE);
    }

    private Reply slidingSync(Exchange x) {
        return sync(x, SlidingForm.MERGED);
    }

    private Reply sync(Exchange x, SlidingForm form) {
        var caller = parts.identity().caller(x);
        var reader = new lanyard.messaging.timeline.Reader(caller.user(), caller.device());
        presence.say(reader, PresenceEndpoints.inSync(x));
        try {
            return Reply.jsonBytes(
                    200,
                    sync(
                            form.read(x, reader, RoomView.of(caller)),
                            () -> parts.identity().requireStill(x)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "The server is stopping. Ask again in a moment.");
        }
    }

    private byte[] sync(SlidingRequest request, Runnable signedIn) throws InterruptedException {
        var visible = parts.writer().visible();
        var seen = connections.find(request, SyncToken.start(visible.incarnation()));
        acknowledge(request, seen, visible);
        var park = seen.isNothing() ? Duration.ZERO : request.timeout();
        return parks.await(new Parks.Caller(request.reader(), park, signedIn), upTo -> {
            var answer = answer(request, seen, upTo);
            return new Parks.Look(answer.isNews(), () -> {
                connections.offer(request, seen, answer.seen());
                return answer.json();
            });
        });
    }

    private void acknowledge(SlidingRequest request, Seen seen, SyncToken visible) {
        var reader = request.reader();
        if (request.asks("to_device")) {
            new SlidingExtensions(parts, request, seen, visible)
                    .toDeviceSince()
                    .filter(visible::covers)
                    .ifPresent(
                            since -> parts.encryption().toDevice().acknowledge(reader.user(), reader.device(), since));
        }
        if (!seen.isNothing()) {
            parts.marks()
                    .delivered(
                            reader.user(),
                            seen.rooms().entrySet().stream()
                                    .filter(room -> room.getValue().upTo().equals(seen.upTo()))
                                    .map(Map.Entry::getKey),
                            seen.upTo());
        }
    }

    private record Answer(byte[] json, boolean isNews, Seen seen) {}

    private Answer answer(SlidingRequest request, Seen seen, SyncToken upTo) {
        var typing = parts.typing().version();
        var lists = lists(request, seen);
        var subscriptions = request.subscriptions().after(seen.subscriptions());
        var shown = shown(request, lists, subscriptions, seen);
        var sections = new LinkedHashMap<RoomId, byte[]>();
        Map<RoomId, Sent> rooms = new HashMap<>(seen.rooms());
        var room = new SlidingRoom(parts, request, seen, upTo);
        for (var one : shown) {
            room.of(one).ifPresent(section -> {
                sections.put(one.room().id(), section.json());
                rooms.put(one.room().id(), section.sent());
            });
        }
        var extensions = new SlidingExtensions(parts, request, seen, upTo)
                .of(shown.stream().map(Shown::room).toList());
        var about = shown.stream().map(one -> one.room().id()).collect(Collectors.toUnmodifiableSet());
        var next = new Seen(connections.nextPlace(), upTo, typing, Map.copyOf(rooms), about, subscriptions);
        var out = new JsonOut().open();
        out.name("pos").text(next.token());
        out.name("lists").open();
        lists.forEach((name, list) -> write(out, name, list, request));
        out.close();
        out.name("rooms").open();
        sections.forEach((id, json) -> out.name(id.value()).raw(json));
        out.close();
        out.name("extensions").raw(extensions.json());
        return new Answer(out.close().bytes(), !sections.isEmpty() || extensions.isNews(), next);
    }

    /// The unstable form also says which rooms stand where.
    private static void write(JsonOut out, String name, List<RoomState> list, SlidingRequest request) {
        out.name(name).open().name("count").number(list.size());
        var window = request.lists().get(name);
        if (request.form() == SlidingForm.UNSTABLE && window != null) {
            out.name("ops").openList();
            for (var range : window.ranges()) {
                var to = Math.min(range.to(), list.size() - 1);
                out.open().name("op").text("SYNC");
                out.name("range")
                        .openList()
                        .number(range.from())
                        .number(range.to())
                        .closeList();
                out.name("room_ids").openList();
                for (var place = range.from(); place <= to; place++) {
                    out.text(list.get(place).id().value());
                }
                out.closeList().close();
            }
            out.closeList();
        }
        out.close();
    }

    /// Each list whole, the room with the newest event first.
    private Map<String, List<RoomState>> lists(SlidingRequest request, Seen seen) {
        var user = request.reader().user();
        var rooms = parts.timeline().memberships().of(user).keySet();
        parts.timeline().prepare(rooms);
        var all = rooms.stream()
                .flatMap(id -> parts.timeline().findRoom(id).stream())
                .filter(request.view()::shows)
                .filter(room -> SlidingRoom.isListed(parts, room, user, seen))
                .sorted(Comparator.comparingLong((RoomState room) -> room.last().pos())
                        .reversed()
                        .thenComparing(room -> room.id().value()))
                .toList();
        var owner = Owner.of(parts, user);
        Map<String, List<RoomState>> lists = new LinkedHashMap<>();
        request.lists()
                .forEach((name, window) -> lists.put(
                        name,
                        all.stream()
                                .filter(room -> window.filter().accepts(room, owner))
                                .toList()));
        return lists;
    }

    /// The rooms within the windows and those asked for by name, each with all that is wanted of it.
    private List<Shown> shown(
            SlidingRequest request, Map<String, List<RoomState>> lists, Map<RoomId, Config> subscriptions, Seen seen) {
        Map<RoomState, List<Config>> configs = new LinkedHashMap<>();
        Map<RoomState, List<String>> names = new HashMap<>();
        lists.forEach((name, list) -> {
            var window = Optional.ofNullable(request.lists().get(name)).orElseThrow();
            for (var place = 0; place < list.size(); place++) {
                var at = place;
                if (window.ranges().stream().anyMatch(range -> range.holds(at))) {
                    var room = list.get(place);
                    configs.computeIfAbsent(room, key -> new ArrayList<>()).add(window.config());
                    names.computeIfAbsent(room, key -> new ArrayList<>()).add(name);
                }
            }
        });
        var user = request.reader().user();
        subscriptions.forEach((id, config) -> parts.timeline()
                .findRoom(id)
                .filter(request.view()::shows)
                .filter(room -> SlidingRoom.isListed(parts, room, user, seen))
                .ifPresent(room ->
                        configs.computeIfAbsent(room, key -> new ArrayList<>()).add(config)));
        var owner = Owner.of(parts, user);
        return configs.entrySet().stream()
                .map(entry -> new Shown(
                        entry.getKey(),
                        Config.either(entry.getValue()),
                        names.getOrDefault(entry.getKey(), List.of()),
                        owner.isDirect(entry.getKey())))
                .toList();
    }
}
