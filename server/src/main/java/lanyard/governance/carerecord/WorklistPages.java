package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.room.Conversation;
import lanyard.messaging.room.Rooms;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.console.Console;
import lanyard.trust.console.ConsoleCall;
import lanyard.trust.console.StepUp;
import lanyard.trust.identity.Duty;

/// The worklist of decisions in the console: which are not in the record, since when, sending one again, and saying
/// that one was entered from the folder.
final class WorklistPages {
    private static final String PATH = "/console/decisions";
    private static final Set<Duty> MAY = Set.of(Duty.RECORDS);

    private final CareRecord careRecord;
    private final Rooms rooms;

    WorklistPages(CareRecord careRecord, Rooms rooms) {
        this.careRecord = careRecord;
        this.rooms = rooms;
    }

    void addTo(Console console, Routes routes) {
        console.entry("Decisions", PATH, MAY);
        console.page(routes, "GET " + PATH, MAY, this::show);
        console.form(routes, "POST " + PATH + "/{id}/retry", MAY, StepUp.NOT, this::retry);
        console.page(routes, "GET " + PATH + "/{id}", MAY, this::showOne);
        console.form(routes, "POST " + PATH + "/{id}/filed", MAY, StepUp.NEEDED, this::filed);
    }

    private Reply show(ConsoleCall call) {
        var listed = careRecord.worklist().list(call.caller());
        var conversations =
                rooms.byRoom(listed.stream().map(Decision::room).distinct().toList());
        return call.page(
                "carerecord/decisions",
                Map.of(
                        "sink",
                        careRecord.worklist().sink(call.caller()).word(),
                        "decisions",
                        listed.stream()
                                .map(decision -> shown(decision, conversations))
                                .toList()));
    }

    private static Map<String, Object> shown(Decision decision, Map<RoomId, Conversation> conversations) {
        return Map.of(
                "id", decision.id().toString(),
                "written", Instant.ofEpochMilli(decision.writtenTs()),
                "what", what(decision.kind()),
                "why", why(decision.status()),
                "refused", decision.status() == Status.REFUSED,
                "in_folder", decision.status() == Status.SAVED_TO_FOLDER,
                "file", decision.id() + ".json",
                "author", decision.author().value(),
                "conversation",
                        Optional.ofNullable(conversations.get(decision.room()))
                                .map(Conversation::purpose)
                                .orElse(decision.room().value()));
    }

    private static String what(EntryKind kind) {
        return switch (kind) {
            case DECISION -> "Decision";
            case REPLACEMENT -> "Replacement of a decision";
            case ERROR -> "Mark that a decision was entered in error";
            case CONFIRMATION -> "Confirmation of a decision";
        };
    }

    private static String why(Status status) {
        return switch (status) {
            case REFUSED -> "The record refused it";
            case TO_PASTE -> "Nobody has copied it into the record";
            case SAVED_TO_FOLDER -> "It is in the folder, and nobody has said that it is in the record";
            case WAITING, IN_RECORD, PASTED, WITHDRAWN, DISPOSED -> "The record cannot be reached";
        };
    }

    private Decision listed(ConsoleCall call) {
        return careRecord.worklist().get(call.caller(), DecisionEndpoints.id(call.exchange()));
    }

    private Reply retry(ConsoleCall call) {
        careRecord.retryListed(call.caller(), listed(call).id());
        return call.see(PATH);
    }

    private Reply showOne(ConsoleCall call) {
        var decision = listed(call);
        var conversations = rooms.byRoom(List.of(decision.room()));
        return call.page("carerecord/filed", Map.of("one", shown(decision, conversations)));
    }

    private Reply filed(ConsoleCall call) {
        var reference = call.form().text("reference", 100);
        careRecord.filedFromList(call.caller(), listed(call).id(), reference);
        return call.see(PATH);
    }
}
