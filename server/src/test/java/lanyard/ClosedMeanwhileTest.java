package lanyard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.custodian.OpenedEvent;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.disclosure.CaseKind;
import lanyard.governance.disclosure.CaseScope;
import lanyard.governance.disclosure.Cases;
import lanyard.governance.disclosure.NewCase;
import lanyard.governance.disclosure.Requester;
import lanyard.governance.review.Meanwhile;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Caller;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A case that is closed while a colleague works on its review.
@Rule("G17")
class ClosedMeanwhileTest {
    private static final Caller HELEN = new Caller(
            new UserId("@helen.ashworth:lanyard.localhost"), new DeviceId("CONSOLE"), Demonstration.ODS_CODE);

    private final TestServer server = TestServer.demonstration(InstantSource.system(), Map.of());
    private final Cases cases = server.app().governance().cases();
    private final Meanwhile reviews = new Meanwhile(server.app().governance().reviews());
    private final OpenedEvent said = said();

    @AfterEach
    void stop() {
        server.close();
    }

    private OpenedEvent said() {
        var rhian = server.signIn("rhian.lloyd");
        var fixture = new CaseFixture(server);
        var room = fixture.conversation(rhian, server.signIn("amara.okafor"));
        var event = fixture.say(rhian, room, "the bed is ready");
        var content = Json.object().put("msgtype", "m.text").put("body", "the bed is ready");
        var now = InstantSource.system().millis();
        return new OpenedEvent(
                room, event, new UserId(rhian.id()), now, "m.room.message", content, false, Optional.empty());
    }

    private CaseId open() {
        var scope = new CaseScope(Set.of(), Set.of(), Set.of(said.room()), 0, 4_000_000_000_000L);
        var requester = new Requester("Jo Quill", "jo@example.org", "themselves", "How the bed was found.");
        var today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneId.of("Europe/London"));
        return cases.open(
                HELEN, new NewCase(CaseKind.NHS_COMPLAINT, requester, scope, "a complaint", today, Optional.empty()));
    }

    private Meanwhile closing(CaseId id) {
        return reviews.when(() -> cases.close(HELEN, id, "answered", false));
    }

    private static void refused(ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(MatrixException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.M_BAD_STATE);
            assertThat(refusal.sentence()).contains("closed");
        });
    }

    private long files() {
        try (var all = Files.walk(server.data().resolve("cases"))) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesNoMessages() {
        var id = open();
        refused(() -> closing(id).take(HELEN, id, said));
        assertThat(reviews.kept(HELEN, id)).isEqualTo(List.of(0, 0, 0));
    }

    @Test
    void takesNoDecisionOfReview() {
        var id = open();
        reviews.take(HELEN, id, said);
        refused(() -> closing(id).reviewed(HELEN, id, said.id()));
        assertThat(reviews.kept(HELEN, id)).isEqualTo(List.of(1, 0, 0));
    }

    @Test
    void takesNoPackAndThoseItHadCanStillBeFetched() {
        var id = open();
        reviews.take(HELEN, id, said);
        reviews.reviewed(HELEN, id, said.id());
        assertThat(reviews.make(HELEN, id)).isOne();
        var files = files();
        refused(() -> closing(id).make(HELEN, id));
        assertThat(reviews.kept(HELEN, id)).isEqualTo(List.of(1, 1, 1));
        assertThat(files()).as("nothing is left of the pack").isEqualTo(files);
        assertThat(reviews.fetch(HELEN, id, 1)).isNotEmpty();
    }

    @Test
    @Hazard("H15")
    void whatAColleagueWithholdsWhileAPackIsMadeIsInNoPack() {
        var id = open();
        reviews.take(HELEN, id, said);
        reviews.reviewed(HELEN, id, said.id());
        var files = files();
        var making = reviews.when(() -> reviews.withhold(HELEN, id, said.id()));
        assertThatThrownBy(() -> making.make(HELEN, id)).isInstanceOfSatisfying(MatrixException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.M_BAD_STATE);
            assertThat(refusal.sentence()).contains("changed meanwhile");
        });
        assertThat(reviews.kept(HELEN, id).getLast()).isZero();
        assertThat(files()).as("nothing is left of the pack").isEqualTo(files);
        assertThat(reviews.make(HELEN, id)).isOne();
    }
}
