package lanyard.messaging.sync;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.History.News;
import lanyard.messaging.timeline.History.Window;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateEvent;
import lanyard.messaging.timeline.StateFormat;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One room's part of a sync.
final class RoomSection {
    private final SyncParts parts;
    private final SyncRequest request;
    private final Window window;
    private final SyncMemory memory;
    private final StateSection state;

    RoomSection(SyncParts parts, SyncRequest request, Window window, SyncMemory memory) {
        this.parts = parts;
        this.request = request;
        this.window = window;
        this.memory = memory;
        this.state = new StateSection(parts.history(), memory.toldMembers(), request, window);
    }

    /// A joined room's section; empty when it has nothing new.
    Optional<byte[]> joined(RoomState room) {
        var user = request.reader().user();
        var moved = !window.since().covers(room.last());
        var fresh = request.initial() || (moved && joinedSince(room, user));
        var ephemeral = ephemeral(room, fresh);
        var accountData = accountData(room);
        if (!fresh && !request.fullState() && !moved && ephemeral.isEmpty() && accountData.isEmpty()) {
            return Optional.empty();
        }
        var news = fresh
                ? history().newest(room, window)
                : moved ? history().since(room, window) : new News(List.of(), false, room.seq());
        if (!request.filter().timeline().wantsRoom(room.id())) {
            news = new News(List.of(), false, news.before());
        }
        var summarised = fresh || request.fullState() || news.events().stream().anyMatch(RoomSection::isMember);
        var heroes = summarised ? Heroes.of(parts, room, user) : List.<UserId>of();
        var out = new JsonOut().open();
        timeline(out, room, news);
        state(out, room, state.of(room, news, fresh, Heroes.isNamed(room) ? List.of() : heroes));
        events(out, "ephemeral", ephemeral);
        events(out, "account_data", accountData);
        if (summarised) {
            out.name("summary").value(summary(room, heroes));
        }
        unread(out, room, user);
        return Optional.of(out.close().bytes());
    }

    private void unread(JsonOut out, RoomState room, UserId user) {
        var unread = parts.push().unread(room, user, request.filter().threadCounts());
        out.name("unread_notifications").value(unread.all().json());
        if (request.filter().threadCounts()) {
            out.name("unread_thread_notifications").open();
            unread.threads().forEach((thread, count) -> out.name(thread).value(count.json()));
            out.close();
        }
    }

    private History history() {
        return parts.history();
    }

    /// A room joined since the last sync is shown whole.
    private boolean joinedSince(RoomState room, UserId user) {
        return history().gap(room, window.since()) < room.joinedSince(user);
    }

    private static boolean isMember(TimelineEvent event) {
        return event.isState() && event.type().equals(StateKey.MEMBER);
    }

    private void timeline(JsonOut out, RoomState room, News news) {
        var bundles = parts.bundles().of(room, request.reader(), news.events());
        out.name("timeline").open().name("events").openList();
        news.events()
                .forEach(event -> out.raw(
                        request.filter().project(event.renderWithin(request.reader(), room, bundles.get(event.id())))));
        out.closeList().name("limited").flag(news.limited());
        out.name("prev_batch").text("t" + news.before());
        out.close();
    }

    private void state(JsonOut out, RoomState room, List<StateEvent> state) {
        var events = Json.array();
        state.forEach(event -> events.add(StateFormat.client(event, room, window.user())));
        events(out, request.stateAfter() ? "state_after" : "state", events);
    }

    private static void events(JsonOut out, String name, ArrayNode events) {
        out.name(name).open().name("events");
        if (events.isEmpty()) {
            out.openList().closeList().close();
        } else {
            out.value(events).close();
        }
    }

    /// <https://spec.matrix.org/v1.18/client-server-api/#get_matrixclientv3sync>: heroes name a room without a name.
    private static ObjectNode summary(RoomState room, List<UserId> heroes) {
        var summary = Json.object();
        var list = summary.putArray("m.heroes");
        heroes.forEach(hero -> list.add(hero.value()));
        return summary.put("m.joined_member_count", room.joined().count())
                .put("m.invited_member_count", room.withMembership("invite").count());
    }

    private ArrayNode accountData(RoomState room) {
        var filter = request.filter().roomAccountData();
        var since = parts.accountData().roomSince(window.user(), room.id(), window.since());
        if (filter.isOpen() && filter.wantsRoom(room.id())) {
            return since;
        }
        var wanted = Json.array();
        since.valueStream()
                .filter(event -> filter.wantsRoom(room.id())
                        && filter.accepts(
                                event.path("type").asString(""), window.user().value()))
                .forEach(wanted::add);
        return wanted;
    }

    private ArrayNode ephemeral(RoomState room, boolean fresh) {
        var events = Json.array();
        var filter = request.filter().ephemeral();
        if (!filter.wantsRoom(room.id())) {
            return events;
        }
        if (filter.acceptsType(Ephemeral.RECEIPT)) {
            var receipts = parts.marks().since(room.id(), window);
            if (!receipts.isEmpty()) {
                events.add(Ephemeral.receipts(receipts));
            }
        }
        if (filter.acceptsType(Ephemeral.TYPING) && memory.typingNews().isNew(request.reader(), room.id())) {
            var typing = parts.typing().in(room.id());
            if (!fresh || !typing.isEmpty()) {
                events.add(Ephemeral.typing(typing));
            }
        }
        return events;
    }

    /// A room that the person is asked into, or has asked to enter, and has not been told of yet.
    static byte[] stripped(RoomState room, UserId user, String name) {
        var out = new JsonOut().open();
        events(out, name, StrippedState.of(room, user));
        return out.close().bytes();
    }

    /// A room that the person has left since: what they may still see of it, and that they left.
    byte[] left(RoomState room) {
        var out = new JsonOut().open();
        var news =
                request.initial() ? history().newest(room, window) : history().since(room, window);
        timeline(out, room, news);
        var wasIn = room.wasJoined(window.user());
        var own = room.state(StateKey.member(window.user().value()))
                .filter(member -> news.events().stream().noneMatch(event -> event.seq() == member.seq()));
        var shown = wasIn ? state.left(room, news) : List.<StateEvent>of();
        state(
                out,
                room,
                Stream.concat(
                                shown.stream(),
                                own.stream()
                                        .filter(member ->
                                                shown.stream().noneMatch(event -> event.seq() == member.seq())))
                        .toList());
        return out.close().bytes();
    }
}
