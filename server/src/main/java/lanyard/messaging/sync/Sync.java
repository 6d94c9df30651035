package lanyard.messaging.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.messaging.timeline.History.Window;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ArrayNode;

/// What changed for a device since it last asked. Positions, not scans: an incremental sync looks only at the
/// person's rooms whose last position is past the token, in memory, and a sync that has nothing new asks the
/// database nothing.
public final class Sync implements Feature {
    private final SyncParts parts;
    private final SyncMemory memory;
    private final Presence presence;
    private final Parks parks;

    public Sync(SyncParts parts) {
        this.parts = parts;
        this.memory = new SyncMemory(new TypingNews(parts.typing()), new ToldMembers());
        this.presence = new Presence(parts);
        this.parks = new Parks(parts.writer(), parts.wakes());
        parts.identity().whenStandingChanges(user -> parts.wakes().wake(user.value()));
    }

    @Override
    public void routes(Routes routes) {
        new SyncEndpoints(this, parts, presence).addTo(routes);
        new SlidingSync(parts, presence, parks).addTo(routes);
        new PresenceEndpoints(parts, presence).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none("it only reads what other features keep");
    }

    /// Answers at once when there is news, else when there is some or the time is up. `signedIn` throws once the caller
    /// no longer is.
    byte[] sync(SyncRequest request, Runnable signedIn) throws InterruptedException {
        var reader = request.reader();
        if (!request.initial()) {
            parts.encryption().toDevice().acknowledge(reader.user(), reader.device(), request.since());
            parts.marks()
                    .delivered(
                            reader.user(),
                            parts.timeline().memberships().joined(reader.user()).filter(room -> isThere(request, room)),
                            request.since());
        }
        return parks.await(new Parks.Caller(reader, request.timeout(), signedIn), upTo -> {
            var answer = answer(request, upTo);
            return new Parks.Look(answer.isPresent(), () -> answer.orElseGet(() -> nothing(request, upTo)));
        });
    }

    private byte[] nothing(SyncRequest request, SyncToken upTo) {
        var out = new JsonOut().open();
        out.name("next_batch").text(upTo.toString());
        deviceCounts(out, request);
        return out.close().bytes();
    }

    /// Empty when there is nothing to say.
    private Optional<byte[]> answer(SyncRequest request, SyncToken upTo) {
        var user = request.reader().user();
        var filter = request.filter();
        var window = new Window(user, request.since(), upTo, filter.timelineLimit(), filter.timeline());
        var section = new RoomSection(parts, request, window, memory);
        var rooms = rooms(request, section, window);
        var accountData = accountData(request);
        var toDevice = parts.encryption().toDevice().pending(request.reader(), request.since(), upTo);
        var lists = request.lostPlace()
                ? parts.encryption().deviceListsAnew(user)
                : parts.encryption().deviceLists(user, request.since());
        var present = presence(request);
        if (!request.initial()
                && present.isEmpty()
                && rooms.isEmpty()
                && accountData.isEmpty()
                && toDevice.isEmpty()
                && lists.isEmpty()) {
            return Optional.empty();
        }
        var out = new JsonOut().open();
        out.name("next_batch").text(upTo.toString());
        rooms.write(out);
        out.name("account_data").open().name("events").value(accountData).close();
        out.name("to_device").open().name("events").openList();
        toDevice.forEach(out::raw);
        out.closeList().close();
        out.name("device_lists").value(lists.json());
        out.name("presence").open().name("events").value(present).close();
        deviceCounts(out, request);
        return Optional.of(out.close().bytes());
    }

    private ArrayNode accountData(SyncRequest request) {
        var user = request.reader().user();
        var filter = request.filter().accountData();
        var since = parts.accountData().globalSince(user, request.since());
        if (filter.isOpen()) {
            return since;
        }
        var wanted = Json.array();
        since.valueStream()
                .filter(event -> filter.accepts(event.path("type").asString(""), user.value()))
                .forEach(wanted::add);
        return wanted;
    }

    private ArrayNode presence(SyncRequest request) {
        var events = Json.array();
        presence.news(request.reader(), request.initial()).forEach((user, standing) -> {
            if (request.filter().presence().accepts("m.presence", user.value())) {
                events.add(PresenceEndpoints.event(presence, user, standing));
            }
        });
        return events;
    }

    private void deviceCounts(JsonOut out, SyncRequest request) {
        var reader = request.reader();
        out.name("device_one_time_keys_count")
                .value(parts.encryption().oneTimeKeyCounts(reader.user(), reader.device()));
        out.name("device_unused_fallback_key_types")
                .value(parts.encryption().unusedFallbackKeyTypes(reader.user(), reader.device()));
    }

    private record NamedSection(RoomId room, byte[] json) {}

    private record RoomSections(
            List<NamedSection> join, List<NamedSection> invite, List<NamedSection> knock, List<NamedSection> leave) {
        static RoomSections empty() {
            return new RoomSections(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        boolean isEmpty() {
            return join.isEmpty() && invite.isEmpty() && knock.isEmpty() && leave.isEmpty();
        }

        void write(JsonOut out) {
            out.name("rooms").open();
            write(out, "join", join);
            write(out, "invite", invite);
            write(out, "knock", knock);
            write(out, "leave", leave);
            out.close();
        }

        private static void write(JsonOut out, String name, List<NamedSection> sections) {
            out.name(name).open();
            sections.forEach(section -> out.name(section.room().value()).raw(section.json()));
            out.close();
        }
    }

    private RoomSections rooms(SyncRequest request, RoomSection section, Window window) {
        var sections = RoomSections.empty();
        var user = window.user();
        var memberships = parts.timeline().memberships().of(user);
        // Servers may return what was held back: <https://spec.matrix.org/v1.18/client-server-api/#invite-permission>
        var unblocked = parts.accountData().takesInvitesSince(user, window.since());
        parts.timeline().prepare(memberships.keySet());
        for (Map.Entry<RoomId, String> entry : memberships.entrySet()) {
            var room = entry.getKey();
            if (!request.filter().rooms().wantsRoom(room) || !isThere(request, room)) {
                continue;
            }
            switch (entry.getValue()) {
                case "join" -> joined(sections, section, window, room);
                case "invite" -> {
                    if (!parts.accountData().blocksInvites(user)) {
                        stripped(sections.invite(), new Asked(request, window), room, unblocked);
                    }
                }
                case "knock" -> stripped(sections.knock(), new Asked(request, window), room, false);
                default -> left(sections, section, new Asked(request, window), room);
            }
        }
        return sections;
    }

    private boolean isThere(SyncRequest request, RoomId room) {
        return request.view().all() || request.view().shows(parts.timeline().getRoom(room));
    }

    private void joined(RoomSections sections, RoomSection section, Window window, RoomId id) {
        var room = parts.timeline().getRoom(id);
        if (!parts.history().joinsAfter(room, window)) {
            section.joined(room).ifPresent(json -> sections.join().add(new NamedSection(id, json)));
        }
    }

    private record Asked(SyncRequest request, Window window) {}

    private void stripped(List<NamedSection> sections, Asked asked, RoomId id, boolean anew) {
        var room = parts.timeline().getRoom(id);
        var user = asked.window().user();
        if (anew || asked.request().initial() || changedSince(asked.window(), user, id)) {
            var membership = room.membership(user);
            sections.add(new NamedSection(id, RoomSection.stripped(room, user, membership + "_state")));
        }
    }

    private void left(RoomSections sections, RoomSection section, Asked asked, RoomId id) {
        var all = asked.request().filter().includeLeave()
                && (asked.request().initial() || asked.request().fullState());
        if (all || changedSince(asked.window(), asked.window().user(), id)) {
            sections.leave()
                    .add(new NamedSection(id, section.left(parts.timeline().getRoom(id))));
        }
    }

    /// Whether the person's membership changed after what they had seen; a room left before the first sync is not
    /// shown.
    private boolean changedSince(Window window, UserId user, RoomId id) {
        var room = parts.timeline().getRoom(id);
        return !window.since().covers(room.last())
                && !window.since().equals(SyncToken.start(window.since().incarnation()))
                && parts.history().gap(room, window.since()) < room.lastMembershipSeq(user);
    }
}
