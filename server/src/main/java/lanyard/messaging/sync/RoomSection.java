package lanyard.messaging.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.History.News;
import lanyard.messaging.timeline.History.Window;
import lanyard.messaging.timeline.Receipt;
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
    private static final int HEROES = 5;

    private final SyncParts parts;
    private final SyncRequest request;
    private final Window window;
    private final TypingNews typingNews;

    RoomSection(SyncParts parts, SyncRequest request, Window window, TypingNews typingNews) {
        this.parts = parts;
        this.request = request;
        this.window = window;
        this.typingNews = typingNews;
    }

    /// A joined room's section; empty when it has nothing new.
    Optional<byte[]> joined(RoomState room) {
        var user = request.reader().user();
        var moved = !window.since().covers(room.last());
        var fresh = request.initial() || request.fullState() || (moved && joinedSince(room, user));
        var ephemeral = ephemeral(room, fresh);
        var accountData = parts.accountData().roomSince(user, room.id(), window.since());
        if (!fresh && !moved && ephemeral.isEmpty() && accountData.isEmpty()) {
            return Optional.empty();
        }
        var news = fresh
                ? history().newest(room, window)
                : moved ? history().since(room, window) : new News(List.of(), false, 0);
        var out = new JsonOut().open();
        timeline(out, news);
        state(out, room, news, fresh);
        events(out, "ephemeral", ephemeral);
        events(out, "account_data", accountData);
        if (fresh || news.events().stream().anyMatch(RoomSection::isMember)) {
            out.name("summary").value(summary(room, user));
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

    private void timeline(JsonOut out, News news) {
        out.name("timeline").open().name("events").openList();
        news.events().forEach(event -> out.raw(event.render(request.reader(), null)));
        out.closeList().name("limited").flag(news.limited());
        if (!news.events().isEmpty()) {
            out.name("prev_batch").text("t" + news.before());
        }
        out.close();
    }

    private void state(JsonOut out, RoomState room, News news, boolean fresh) {
        var events = Json.array();
        if (fresh || news.limited()) {
            // Not "before the first one shown": with history visible from joining on, the timeline has holes, and what
            // the room is and that it is encrypted was set in one.
            var shown = news.events().stream().map(TimelineEvent::seq).collect(Collectors.toSet());
            var from = fresh ? 0 : history().gap(room, window.since());
            var senders = senders(news);
            room.allState().stream()
                    .filter(event -> event.seq() > from && !shown.contains(event.seq()))
                    .filter(event -> !request.filter().lazyMembers() || wantedMember(event, senders))
                    .forEach(event -> events.add(StateFormat.client(event, room.id())));
        }
        events(out, "state", events);
    }

    private Set<String> senders(News news) {
        var senders = new HashSet<String>();
        senders.add(request.reader().user().value());
        news.events().forEach(event -> senders.add(event.sender().value()));
        return senders;
    }

    private static boolean wantedMember(StateEvent event, Set<String> senders) {
        return !event.pdu().get("type").stringValue().equals(StateKey.MEMBER)
                || senders.contains(event.pdu().get("state_key").stringValue());
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
    /// The
    /// organisation's own members are not people.
    private ObjectNode summary(RoomState room, UserId user) {
        var summary = Json.object();
        var heroes = summary.putArray("m.heroes");
        Stream.concat(room.joined(), room.withMembership("invite"))
                .filter(member -> !member.equals(user) && !parts.isService(member))
                .sorted()
                .limit(HEROES)
                .forEach(member -> heroes.add(member.value()));
        return summary.put("m.joined_member_count", room.joined().count())
                .put("m.invited_member_count", room.withMembership("invite").count());
    }

    private ArrayNode ephemeral(RoomState room, boolean fresh) {
        var events = Json.array();
        var receipts = parts.marks().since(room.id(), window);
        if (!receipts.isEmpty()) {
            events.add(receiptEvent(receipts));
        }
        if (typingNews.isNew(request.reader(), room.id())
                && !(fresh && parts.typing().in(room.id()).isEmpty())) {
            var typing = Json.object().put("type", "m.typing");
            var users = typing.putObject("content").putArray("user_ids");
            parts.typing().in(room.id()).forEach(user -> users.add(user.value()));
            events.add(typing);
        }
        return events;
    }

    private static ObjectNode receiptEvent(List<Receipt> receipts) {
        var event = Json.object().put("type", "m.receipt");
        var content = event.putObject("content");
        for (var receipt : receipts) {
            var ofEvent = content.withObject(
                    "/" + receipt.event().value().replace("~", "~0").replace("/", "~1"));
            var ofKind = (ObjectNode)
                    (ofEvent.has(receipt.key().kind())
                            ? ofEvent.get(receipt.key().kind())
                            : ofEvent.putObject(receipt.key().kind()));
            var entry = ofKind.putObject(receipt.key().user().value()).put("ts", receipt.ts());
            if (!receipt.key().thread().isEmpty()) {
                entry.put("thread_id", receipt.key().thread());
            }
        }
        return event;
    }

    /// A room that the person is asked into, and has not been told of yet.
    static byte[] invited(RoomState room, UserId user) {
        var out = new JsonOut().open();
        var events = Json.array();
        for (var type : List.of(
                "m.room.create",
                "m.room.name",
                "m.room.topic",
                "m.room.join_rules",
                "m.room.encryption",
                "org.lanyard.room")) {
            room.state(StateKey.of(type)).ifPresent(event -> events.add(StateFormat.stripped(event)));
        }
        room.state(StateKey.member(user.value())).ifPresent(event -> {
            events.add(StateFormat.stripped(event));
            room.state(StateKey.member(event.sender())).ifPresent(inviter -> events.add(StateFormat.stripped(inviter)));
        });
        events(out, "invite_state", events);
        return out.close().bytes();
    }

    /// A room that the person has left since: what they may still see of it.
    byte[] left(RoomState room) {
        var out = new JsonOut().open();
        timeline(out, history().since(room, window));
        events(out, "state", Json.array());
        return out.close().bytes();
    }
}
