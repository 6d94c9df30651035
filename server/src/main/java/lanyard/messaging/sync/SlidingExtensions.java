package lanyard.messaging.sync;

import java.util.List;
import java.util.Optional;
import lanyard.messaging.encryption.Encryption.DeviceListNews;
import lanyard.messaging.sync.Connections.Seen;
import lanyard.messaging.timeline.EventFilter;
import lanyard.messaging.timeline.History.Window;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What is not of rooms' timelines: keys, messages to devices, account data, receipts, typing.
final class SlidingExtensions {
    private final SyncParts parts;
    private final SlidingRequest request;
    private final Seen seen;
    private final SyncToken upTo;

    SlidingExtensions(SyncParts parts, SlidingRequest request, Seen seen, SyncToken upTo) {
        this.parts = parts;
        this.request = request;
        this.seen = seen;
        this.upTo = upTo;
    }

    /// The extensions' part of an answer, and whether any of it is news.
    record Part(byte[] json, boolean isNews) {}

    /// `rooms` are those that the answer is about.
    Part of(List<RoomState> rooms) {
        var out = new JsonOut().open();
        var news = toDevice(out);
        news |= e2ee(out);
        news |= accountData(out, rooms);
        news |= ofRooms(out, "receipts", rooms, this::receipts);
        news |= ofRooms(out, "typing", rooms, this::typing);
        return new Part(out.close().bytes(), news);
    }

    /// The device's own token says what it holds. Errors: `M_INVALID_PARAM`.
    Optional<SyncToken> toDeviceSince() {
        return toDeviceSaid().filter(token -> token.incarnation().equals(upTo.incarnation()));
    }

    /// Before a backup was restored, perhaps.
    private Optional<SyncToken> toDeviceSaid() {
        return Json.optionalText(extension("to_device"), "since")
                .map(text -> SyncToken.parse(text)
                        .orElseThrow(() -> new MatrixException(
                                ErrorCode.M_INVALID_PARAM, "That is not a place among messages to this device.")));
    }

    private ObjectNode extension(String name) {
        return request.extension(name) instanceof ObjectNode there ? there : Json.object();
    }

    private boolean toDevice(JsonOut out) {
        if (!request.asks("to_device")) {
            return false;
        }
        var reader = request.reader();
        var since = toDeviceSince().filter(upTo::covers).orElseGet(() -> SyncToken.start(upTo.incarnation()));
        var pending = parts.encryption().toDevice().pending(reader, since, upTo);
        out.name("to_device").open().name("next_batch").text(upTo.toString());
        out.name("events").openList();
        pending.forEach(out::raw);
        out.closeList().close();
        return !pending.isEmpty();
    }

    private boolean e2ee(JsonOut out) {
        if (!request.asks("e2ee")) {
            return false;
        }
        var reader = request.reader();
        out.name("e2ee").open();
        var lists = deviceLists(reader.user());
        lists.ifPresent(news -> out.name("device_lists").value(news.json()));
        out.name("device_one_time_keys_count")
                .value(parts.encryption().oneTimeKeyCounts(reader.user(), reader.device()));
        out.name("device_unused_fallback_key_types")
                .value(parts.encryption().unusedFallbackKeyTypes(reader.user(), reader.device()));
        out.close();
        return lists.filter(news -> !news.isEmpty()).isPresent();
    }

    /// Whoever begins a connection anew, as all do after this server has started, says by the messages that they
    /// hold up to where they know whose devices have changed; by a place that this server does not know, that they
    /// know nothing.
    private Optional<DeviceListNews> deviceLists(UserId user) {
        if (!seen.isNothing()) {
            return Optional.of(parts.encryption().deviceLists(user, seen.upTo()));
        }
        return toDeviceSaid()
                .map(_ -> toDeviceSince()
                        .filter(upTo::covers)
                        .map(since -> parts.encryption().deviceLists(user, since))
                        .orElseGet(() -> parts.encryption().deviceListsAnew(user)));
    }

    private boolean accountData(JsonOut out, List<RoomState> rooms) {
        if (!request.asks("account_data")) {
            return false;
        }
        var user = request.reader().user();
        var global = parts.accountData().globalSince(user, seen.upTo());
        var byRoom = Json.object();
        for (var room : rooms) {
            var ofRoom = parts.accountData().roomSince(user, room.id(), seen.besides(room.id()));
            if (!ofRoom.isEmpty()) {
                byRoom.set(room.id().value(), ofRoom);
            }
        }
        out.name("account_data")
                .open()
                .name("global")
                .value(global)
                .name("rooms")
                .value(byRoom);
        out.close();
        return !global.isEmpty() || !byRoom.isEmpty();
    }

    private interface OfRoom {
        Optional<ObjectNode> of(RoomState room);
    }

    private boolean ofRooms(JsonOut out, String name, List<RoomState> rooms, OfRoom part) {
        if (!request.asks(name)) {
            return false;
        }
        var byRoom = Json.object();
        rooms.stream()
                .filter(room -> room.isJoined(request.reader().user()))
                .forEach(room ->
                        part.of(room).ifPresent(event -> byRoom.set(room.id().value(), event)));
        out.name(name).open().name("rooms").value(byRoom).close();
        return !byRoom.isEmpty();
    }

    private Optional<ObjectNode> receipts(RoomState room) {
        var window = new Window(request.reader().user(), seen.besides(room.id()), upTo, 0, EventFilter.ALL);
        var receipts = parts.marks().since(room.id(), window);
        return receipts.isEmpty() ? Optional.empty() : Optional.of(Ephemeral.receipts(receipts));
    }

    private Optional<ObjectNode> typing(RoomState room) {
        var typing = parts.typing().in(room.id());
        var changed = parts.typing().version(room.id()) > seen.typing();
        return changed && (!typing.isEmpty() || !seen.isNothing())
                ? Optional.of(Ephemeral.typing(typing))
                : Optional.empty();
    }
}
