package lanyard.governance.disclosure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.timeline.EventCounts;
import lanyard.messaging.timeline.EventCounts.Said;
import lanyard.messaging.timeline.MembershipHistory;
import lanyard.messaging.timeline.MembershipHistory.Stay;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.NewPerson;

/// The search of metadata: who, when, and which conversations they were in at that time, ended ones too. It reads no
/// message. What it finds is held and belongs to the case; the log says what was searched, what not and why that is
/// proportionate.
public final class Searching {
    private static final int LONGEST_WORDS = 2_000;
    private static final int ID_BYTES = 8;
    private static final int SLICE = 500;
    private static final int SLICES_AT_ONCE = 3;

    private final CaseDesk desk;
    private final Scoping scoping;
    private final SearchStore store;
    private final MembershipHistory history = new MembershipHistory();
    private final EventCounts counts = new EventCounts();

    Searching(CaseDesk desk, Scoping scoping) {
        this.desk = desk;
        this.scoping = scoping;
        this.store = new SearchStore(desk.seal());
    }

    /// What to search for.
    ///
    /// @param senders count only what they said; empty for everybody's
    /// @param leftOut what is not searched, e.g. "social conversations"
    /// @param proportionate why that is enough
    public record Order(CaseScope what, Set<UserId> senders, String leftOut, String proportionate) {
        public Order {
            senders = Set.copyOf(senders);
            leftOut =
                    Requester.checked(leftOut, LONGEST_WORDS, "Say what is not searched, or that nothing is left out.");
            proportionate =
                    Requester.checked(proportionate, LONGEST_WORDS, "Say why that is reasonable and proportionate.");
        }
    }

    /// A conversation as metadata has it.
    ///
    /// @param people how many persons were in it at that time; the organisation's own users are none
    public record FoundRoom(
            RoomSpan span,
            CaseRoom.Why why,
            Optional<Conversation> conversation,
            int people,
            long messages,
            List<Said> said) {
        public FoundRoom {
            said = List.copyOf(said);
        }
    }

    public record Found(String search, List<FoundRoom> rooms, long messages) {
        public Found {
            rooms = List.copyOf(rooms);
        }
    }

    /// A look that is over, as the case remembers it.
    public record Past(
            String id,
            CaseId about,
            java.time.Instant at,
            UserId by,
            What what,
            List<String> words,
            long hits,
            String leftOut,
            String why) {
        public Past {
            words = List.copyOf(words);
        }
    }

    /// What was looked at.
    public enum What {
        METADATA,
        CONTENT;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Errors: `M_FORBIDDEN`, `M_NOT_FOUND`, `M_INVALID_PARAM` when it covers too much.
    public Found search(Caller caller, CaseId id, Order order) {
        var search = newId();
        var rooms = new ArrayList<CaseRoom>();
        scoping.requireKnown(desk.ground().database(), caller.organization(), order.what());
        desk.step(caller, id, Cases.WORKERS, (commit, found) -> {
            rooms.clear();
            var whole = scoping.withAccounts(commit.tx(), found.organization(), order.what());
            desk.hold(commit, id, found.organization(), caller.user(), scoping.subjects(whole));
            scoping.rooms(commit.tx(), whole).stream().map(Searching::found).forEach(rooms::add);
            widen(commit, found, rooms, order.what().rooms());
            var spans = rooms.stream().map(CaseRoom::span).toList();
            record(
                    commit,
                    found,
                    search,
                    new Look(
                            caller.user(), What.METADATA, spans, List.of(), 0, order.leftOut(), order.proportionate()));
            var details = Json.object().put("search", search).put("rooms", rooms.size());
            return new CaseDesk.Step("case.metadata_searched", order.proportionate(), details);
        });
        var result = count(search, rooms, order.senders());
        desk.ground().writer().write(commit -> {
            store.putHits(commit.tx(), search, result.messages());
            return true;
        });
        return result;
    }

    private static CaseRoom found(CaseRoom room) {
        return new CaseRoom(room.span(), CaseRoom.Why.SEARCH, Optional.empty());
    }

    /// What is new is not what was agreed to, nor is what was left out and is named now.
    private void widen(Commit commit, Case found, List<CaseRoom> rooms, Set<RoomId> named) {
        var more =
                desk.rooms().add(commit.tx(), found.id(), rooms) + desk.rooms().putBack(commit.tx(), found.id(), named);
        if (more > 0 && found.state() != CaseState.OPEN) {
            desk.store().reopen(commit.tx(), found.id());
        }
    }

    /// The case as it stands, counted again. Looking is written down.
    public Found count(Caller caller, CaseId id) {
        desk.read(caller, id, "case.counted");
        return count(id);
    }

    /// For who has looked at the case already.
    Found count(CaseId id) {
        return count("", desk.listRooms(id), Set.of());
    }

    private Found count(String search, List<CaseRoom> rooms, Set<UserId> senders) {
        var said = said(rooms).stream()
                .filter(one -> senders.isEmpty() || senders.contains(one.sender()))
                .collect(Collectors.groupingBy(Said::room));
        var ids = rooms.stream().map(room -> room.span().room()).distinct().toList();
        var conversations = desk.others().rooms().byRoom(ids);
        var stays = stays(rooms, ids);
        // A room with two times is counted once, at the first of them.
        var counted = new HashSet<RoomId>();
        var found = rooms.stream()
                .map(room -> {
                    var id = room.span().room();
                    var of = counted.add(id) ? said.getOrDefault(id, List.of()) : List.<Said>of();
                    var messages = of.stream().mapToLong(Said::messages).sum();
                    return new FoundRoom(
                            room.span(),
                            room.why(),
                            Optional.ofNullable(conversations.get(id)),
                            people(room.span(), stays.getOrDefault(id, List.of())),
                            messages,
                            of);
                })
                .toList();
        return new Found(
                search, found, found.stream().mapToLong(FoundRoom::messages).sum());
    }

    /// A slice at a time, so that no statement takes long however much a case covers; a few beside one another, so that
    /// a case of thousands of conversations has every processor of the database.
    private List<Said> said(List<CaseRoom> rooms) {
        var where = RoomSpan.merged(rooms.stream().map(CaseRoom::span).toList()).stream()
                .map(span -> new EventCounts.Where(span.room(), span.fromTs(), span.toTs()))
                .toList();
        try (var beside =
                Executors.newFixedThreadPool(SLICES_AT_ONCE, Thread.ofVirtual().factory())) {
            var asked = new ArrayList<CompletableFuture<List<Said>>>();
            for (var from = 0; from < where.size(); from += SLICE) {
                var slice = where.subList(from, Math.min(where.size(), from + SLICE));
                asked.add(CompletableFuture.supplyAsync(
                        () -> desk.ground().database().read(tx -> counts.list(tx, slice)), beside));
            }
            return asked.stream().flatMap(one -> one.join().stream()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Map<RoomId, List<Stay>> stays(List<CaseRoom> rooms, List<RoomId> ids) {
        var from = rooms.stream().mapToLong(room -> room.span().fromTs()).min().orElse(0);
        var to = rooms.stream().mapToLong(room -> room.span().toTs()).max().orElse(0);
        return desk.ground().database().read(tx -> history.listIn(tx, ids, from, to)).stream()
                .collect(Collectors.groupingBy(Stay::room));
    }

    /// The organisation's own users are members of every conversation, and software.
    private static int people(RoomSpan span, List<Stay> stays) {
        return Math.toIntExact(stays.stream()
                .filter(stay -> Conflicts.meet(span, stay))
                .map(Stay::user)
                .filter(user -> !NewPerson.isReserved(user.localpart()))
                .distinct()
                .count());
    }

    /// A look, however it was done.
    ///
    /// @param words what was searched for in what was said; empty for metadata
    /// @param leftOut what was not looked at
    /// @param why why that is reasonable and proportionate
    public record Look(
            UserId by, What what, List<RoomSpan> spans, List<String> words, long hits, String leftOut, String why) {
        public Look {
            spans = List.copyOf(spans);
            words = List.copyOf(words);
        }
    }

    /// Remembers a look into what was sealed: its participants can see it later, and the data protection officer has it
    /// on their list. For whoever unseals, in the deed that says so.
    public void searched(Commit commit, CaseId id, Look look) {
        var found = desk.store().lock(commit.tx(), id).orElseThrow(CaseDesk::unknown);
        var search = newId();
        record(commit, found, search, look);
        var details = Json.object()
                .put("search", search)
                .put("rooms", look.spans().size())
                .put("hits", look.hits());
        desk.note(
                commit,
                id,
                look.by(),
                new CaseDesk.Step("case." + look.what().word() + "_searched", look.why(), details));
    }

    private void record(Commit commit, Case found, String search, Look look) {
        store.insert(commit.tx(), search, found, look, desk.ground().clock().instant());
    }

    /// Every look of a case, oldest first.
    public List<Past> list(CaseId id) {
        return desk.ground().database().read(tx -> store.list(tx, id));
    }

    SearchStore store() {
        return store;
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        desk.ground().random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
