package lanyard.governance.review;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.disclosure.Case;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKeeper;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.GivenOpinion;
import lanyard.governance.review.Withholding.Where;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.Deed;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// What was opened for a case, from being chosen to being handed over: kept sealed, read message by message, withheld
/// from by span and reason, and made into a pack.
///
/// What could go wrong: somebody reads what they have no part in; a person is shown health data that harms them; what
/// was withheld leaves all the same; the case's copies outlive it. The principles: each step asks `cases.require`,
/// asks again in its deed, and is a line of the case's log in that transaction; a pack is not made before every
/// message was read and the health professional's opinion is there; it is read again before it leaves ([PackGate]);
/// everything lies under one key of the case, apart from the conversations, and goes with it.
public final class Reviews implements Feature, CaseKeeper {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int MOST_ITEMS = 5_000;
    private static final int LONGEST_WHY = 1_000;
    private static final long LARGEST_PACK = 512L * 1024 * 1024;

    private final ReviewParts parts;
    private final CaseFiles files;
    private final ReviewStore store = new ReviewStore();

    public Reviews(ReviewParts parts) {
        this.parts = parts;
        this.files = new CaseFiles(parts.ground());
    }

    /// What taking has done.
    ///
    /// @param missing edits of what was taken that were not among it
    public record Taken(int events, Set<EventId> missing) {}

    /// Keeps what was chosen from an unsealing of the case; what is there already stays as it was. Errors: as
    /// `cases.require`; `M_FORBIDDEN` for events of another organisation's rooms, `M_LIMIT_EXCEEDED`.
    public Taken take(Caller caller, CaseId id, List<OpenedEvent> events) {
        var found = requireOpen(caller, id);
        requireOwnRooms(found, events);
        var there = ground().database().read(tx -> store.listItems(tx, id)).stream()
                .map(ReviewStore.ItemRow::event)
                .collect(Collectors.toSet());
        var fresh = events.stream().filter(event -> !there.contains(event.id())).toList();
        if (there.size() + fresh.size() > MOST_ITEMS) {
            throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "A case keeps at most 5,000 messages. Take fewer.");
        }
        var taking = new Taking(parts, files, id);
        var rows = taking.gather(fresh).stream().map(kept -> row(id, kept)).toList();
        var blobs = rows.stream().flatMap(row -> row.blob().stream()).toList();
        var taken = deed(caller, id, blobs, commit -> {
            var added = 0;
            for (var row : rows) {
                added += store.addItem(commit.tx(), id, row, now()) ? 1 : 0;
            }
            note(commit, caller, id, "case.messages_taken", Json.object().put("events", added));
            return added;
        });
        var missing = new HashSet<>(taking.missing());
        missing.removeAll(there);
        return new Taken(taken, missing);
    }

    private void requireOwnRooms(Case found, List<OpenedEvent> events) {
        var rooms = events.stream().map(OpenedEvent::room).distinct();
        var timeline = parts.conversations().timeline();
        if (!rooms.allMatch(room -> timeline.getRoom(room).organization().equals(found.organization()))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "One of these messages is another organisation's.");
        }
    }

    private ReviewStore.ItemRow row(CaseId id, Kept kept) {
        var event = kept.event();
        var sealed = files.seal(id, event.id().value(), Json.bytes(kept.toJson()));
        var blob = kept.file().map(Item.Attachment::blob).filter(name -> !name.isEmpty());
        return new ReviewStore.ItemRow(event.id(), event.room(), event.ts(), blob, sealed);
    }

    /// The case's messages as they were said, and what was decided about them.
    record Desk(Case about, List<Item> items, Notes notes, List<Pack> packs) {
        Item get(EventId event) {
            return items.stream()
                    .filter(item -> item.has(event))
                    .findFirst()
                    .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such message here."));
        }
    }

    /// Errors: as `cases.require`.
    Desk open(Caller caller, CaseId id) {
        return desk(parts.others().cases().require(caller, id), id);
    }

    /// Before changing something; [#deed] asks again. Errors: `M_BAD_STATE` (409) once the case is closed.
    Case requireOpen(Caller caller, CaseId id) {
        var found = parts.others().cases().require(caller, id);
        if (found.isClosed()) {
            throw new MatrixException(ErrorCode.M_BAD_STATE, "This case is closed. Its packs can still be fetched.")
                    .status(409);
        }
        return found;
    }

    /// Changes something, of a case that is open still. `blobs` were kept for it and go when it is refused: nothing was
    /// committed then. Errors: as [#requireOpen].
    private <T> T deed(Caller caller, CaseId id, List<String> blobs, Deed<T> work) {
        try {
            return ground().writer().write(commit -> {
                parts.others().cases().requireOpen(commit, caller, id);
                return work.run(commit);
            });
        } catch (MatrixException refusal) {
            destroy(blobs, "what it was kept for was refused");
            throw refusal;
        }
    }

    private Desk desk(Case about, CaseId id) {
        return ground().database().read(tx -> {
            var kept = store.listItems(tx, id).stream()
                    .map(row -> Kept.of(Json.object(files.open(id, row.event().value(), row.sealed()))))
                    .toList();
            return new Desk(
                    about, Kept.items(kept), Notes.of(files, id, store.listNotes(tx, id)), store.listPacks(tx, id));
        });
    }

    /// Withholds something. Errors: `M_INVALID_PARAM` for a reason that is not for this kind of request, or a place
    /// that is not there; `M_FORBIDDEN` for serious harm without the health professional's opinion.
    String withhold(Caller caller, CaseId id, Where where, Reason reason) {
        var desk = desk(requireOpen(caller, id), id);
        if (!Reason.listFor(law(desk.about())).contains(reason)) {
            throw invalid("That reason is not for this kind of request. Choose one from the list.");
        }
        requireThere(desk, where);
        if (reason == Reason.SAR_SERIOUS_HARM) {
            health(desk).requireHarm(where, today());
        }
        return write(caller, id, Notes.WITHHOLDING, "case.withheld", Notes.toJson(where, reason));
    }

    private static void requireThere(Desk desk, Where where) {
        switch (where) {
            case Where.Words(var event, var from, var to) -> {
                var length = desk.get(event).versions().stream()
                        .filter(version -> version.event().equals(event))
                        .mapToInt(version ->
                                version.text().codePointCount(0, version.text().length()))
                        .findFirst()
                        .orElse(0);
                if (from < 0 || from >= to || to > length) {
                    throw invalid("Those words are not in the message. Mark them again.");
                }
            }
            case Where.Whole(var event) -> desk.get(event);
            case Where.File(var event) -> {
                if (desk.get(event).file().isEmpty()) {
                    throw invalid("That message carries no file.");
                }
            }
            case Where.Name(var person) -> {
                if (desk.items().stream()
                        .noneMatch(item ->
                                Withheld.people(item).anyMatch(one -> one.id().equals(person)))) {
                    throw invalid("That person does not appear in these messages.");
                }
            }
        }
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }

    /// Takes back a decision to withhold, that a message was read, or that it is known. Errors: `M_NOT_FOUND`.
    void withdraw(Caller caller, CaseId id, String note) {
        requireOpen(caller, id);
        deed(caller, id, List.of(), commit -> {
            if (!store.withdrawNote(commit.tx(), id, note, now())) {
                throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such decision, or it was taken back.");
            }
            note(commit, caller, id, "case.decision_withdrawn", Json.object().put("note", note));
            return note;
        });
    }

    /// Says that somebody has been through a message.
    void reviewed(Caller caller, CaseId id, EventId event) {
        var item = desk(requireOpen(caller, id), id).get(event);
        write(caller, id, Notes.REVIEWED, "case.message_reviewed", Notes.about(item));
    }

    /// Says that the person who asks knows a message already, and why that is sure. Errors: `M_INVALID_PARAM`.
    /// <https://www.legislation.gov.uk/ukpga/2018/12/schedule/3>
    void known(Caller caller, CaseId id, EventId event, String why) {
        var item = desk(requireOpen(caller, id), id).get(event);
        if (why.isBlank() || why.length() > LONGEST_WHY) {
            throw invalid("Say why they know it already, in at most 1000 characters.");
        }
        write(caller, id, Notes.KNOWN, "case.message_known", Notes.about(item).put("why", why.strip()));
    }

    /// Says that a message is health data about the person who asks, wherever it was said.
    void health(Caller caller, CaseId id, EventId event) {
        var item = desk(requireOpen(caller, id), id).get(event);
        write(caller, id, Notes.HEALTH, "case.message_health", Notes.about(item));
    }

    /// What health professionals' opinions let be told of what is on the desk.
    HealthRule health(Desk desk) {
        return new HealthRule(desk.items(), desk.notes(), opinions(desk.about().id()));
    }

    /// A closed case's packs can still be fetched, and nothing else be done.
    private String write(Caller caller, CaseId id, String kind, String action, ObjectNode words) {
        var note = files.newId();
        var sealed = files.seal(id, note, Json.bytes(words));
        var row = new ReviewStore.NoteRow(note, kind, caller.user(), now(), sealed);
        var details = Json.object().put("note", note);
        if (words.has("code")) {
            details.put("code", words.path("code").asString());
        }
        Deed<String> work = commit -> {
            store.addNote(commit.tx(), id, row);
            note(commit, caller, id, action, details);
            return note;
        };
        return kind.equals(Notes.FETCHED) ? ground().writer().write(work) : deed(caller, id, List.of(), work);
    }

    /// A pack of all that is not withheld. Errors: `M_FORBIDDEN` with what is missing, `M_BAD_STATE` when it changed.
    Pack make(Caller caller, CaseId id) {
        var stand = ground().database().read(tx -> store.stand(tx, id));
        var desk = desk(requireOpen(caller, id), id);
        requirePackable(desk);
        var number = desk.packs().size() + 1;
        var made = now();
        var head = new Sheet.Head(
                id.value(), desk.about().kind().title(), desk.about().organization(), made, number);
        var making = new PackMaking(desk.items(), desk.notes().withholdings(), file -> files.get(id, file.blob()));
        var zip = PackArchive.zip(making.make(head, new PackLog(parts.others().cases()).of(desk.about())));
        var blob = files.put(id, zip);
        var pack = new Pack(number, blob, PackArchive.sha256(zip), zip.length, caller.user(), made);
        return deed(caller, id, List.of(blob), commit -> {
            if (!store.addPack(commit.tx(), id, pack, stand)) {
                throw new MatrixException(ErrorCode.M_BAD_STATE, "The review was changed meanwhile. Make it once more.")
                        .status(409);
            }
            var details = Json.object().put("pack", number).put("sha256", pack.sha256());
            note(commit, caller, id, "case.pack_made", details);
            return pack;
        });
    }

    private void requirePackable(Desk desk) {
        requireReviewed(desk);
        if (desk.about().kind() == CaseKind.SUBJECT_ACCESS) {
            health(desk).require(today());
        }
        requireSize(desk);
    }

    /// Why no pack can be made as the desk stands, in the words of the refusal; empty when one can.
    String whyNoPack(Desk desk) {
        try {
            requirePackable(desk);
            return "";
        } catch (MatrixException refusal) {
            return refusal.sentence();
        }
    }

    private static void requireReviewed(Desk desk) {
        var open = desk.items().stream()
                .filter(item -> !desk.notes().isReviewed(item))
                .count();
        if (desk.items().isEmpty() || open > 0) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    desk.items().isEmpty()
                            ? "Nothing was taken for this case yet."
                            : open + " of " + desk.items().size() + " messages have not been reviewed yet.");
        }
    }

    private static void requireSize(Desk desk) {
        var bytes = desk.items().stream()
                .flatMap(item -> item.file().stream())
                .mapToLong(Item.Attachment::bytes)
                .sum();
        if (bytes > LARGEST_PACK) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "The files of this case are too large for one pack.");
        }
    }

    /// A pack's archive, to be handed over. Errors: `M_NOT_FOUND`.
    byte[] fetch(Caller caller, CaseId id, int number) {
        var pack = open(caller, id).packs().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such pack."));
        write(caller, id, Notes.FETCHED, "case.pack_fetched", Json.object().put("pack", number));
        return files.get(id, pack.blob());
    }

    /// A file that a message carries, for who reviews it. Errors: `M_NOT_FOUND`.
    byte[] file(Caller caller, CaseId id, EventId event) {
        return open(caller, id)
                .get(event)
                .file()
                .map(Item.Attachment::blob)
                .filter(blob -> !blob.isEmpty())
                .map(blob -> files.get(id, blob))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "That file is not kept."));
    }

    @Override
    public Cleared clear(Commit commit, CaseId id) {
        var tx = commit.tx();
        var files = new ArrayList<String>();
        var items = store.listItems(tx, id);
        items.forEach(row -> row.blob().ifPresent(files::add));
        store.listPacks(tx, id).forEach(pack -> files.add(pack.blob()));
        store.deleteAll(tx, id);
        return new Cleared(items.size(), files);
    }

    @Override
    public void destroy(Collection<String> blobs, String why) {
        blobs.forEach(blob -> files.destroy(blob, why));
    }

    private List<GivenOpinion> opinions(CaseId id) {
        return parts.others().cases().opinions().list(id);
    }

    static Reason.Law law(Case about) {
        return switch (about.kind()) {
            case SUBJECT_ACCESS -> Reason.Law.ACCESS;
            case FREEDOM_OF_INFORMATION -> Reason.Law.FREEDOM;
            default -> Reason.Law.ANY;
        };
    }

    private void note(Commit commit, Caller caller, CaseId id, String action, ObjectNode details) {
        parts.others().cases().note(commit, caller, id, action, details);
    }

    private ReviewParts.Ground ground() {
        return parts.ground();
    }

    private long now() {
        return ground().clock().millis();
    }

    private LocalDate today() {
        return ground().clock().instant().atZone(LONDON).toLocalDate();
    }

    ReviewParts parts() {
        return parts;
    }

    @Override
    public void routes(Routes routes) {
        new ReviewPages(this).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Messages that were chosen for a case, with files, readers and members, sealed by the case's key; what is"
                        + " withheld from them and why; the packs that were made.",
                "By the case: the pack is the answer to the request.",
                "With the case: its key, files and packs are destroyed; the audit keeps that there was a pack, and its hash.");
    }
}
