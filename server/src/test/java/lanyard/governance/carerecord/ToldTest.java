package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import lanyard.platform.http.TestHttp;
import lanyard.standards.fhir.FhirValidator;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Whom the health record is told of as having been told.
class ToldTest {
    private final TestRecord record = new TestRecord(null, true);
    private final TestHttp http = TestHttp.serving(record.careRecord);

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    private EventId said(UserId by) {
        return record.rooms.message(record.room, by, "sealed");
    }

    private JsonNode delivered(EventId summary, EventId source) {
        record.decide(summary, source);
        record.careRecord.deliverDue();
        record.careRecord.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        var document = BoundedClient.json(record.stub.documents().getFirst()).orElseThrow();
        assertThat(FhirValidator.errors(document)).isEmpty();
        return document;
    }

    private static List<JsonNode> communications(JsonNode document) {
        return StreamSupport.stream(document.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asString("").equals("Communication"))
                .toList();
    }

    @Test
    @Rule("G15")
    void thoseWhoCouldSeeItAreNamedAndNobodyElse() {
        var source = said(record.registrar);
        var summary = said(record.pharmacist);
        var sent = record.ward.clock.instant();
        record.rooms.leave(record.room, record.nurse);
        join(record.stranger);
        var told = communications(delivered(summary, source));
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.path("recipient")).hasSize(1);
            assertThat(one.path("sent").stringValue())
                    .startsWith(sent.toString().substring(0, 19));
            assertThat(one.path("note").isMissingNode()).isTrue();
            assertThat(one.path("payload")).hasSize(1);
        });
        assertThat(text()).contains("Dr Jo Smith").doesNotContain("Lee Park", "Kim Away", "sealed");
    }

    private void join(UserId user) {
        record.ward.writer.write(commit -> {
            record.ward.identity.people().reachable(commit, user);
            record.rooms.rooms.admit(commit, record.room, record.registrar, user);
            return user;
        });
    }

    private String text() {
        return new String(record.stub.documents().getFirst(), StandardCharsets.UTF_8);
    }

    @Test
    void everybodyInTheConversationIsNamedByTheirRegistration() {
        var told = communications(delivered(said(record.pharmacist), said(record.registrar)));
        assertThat(told.getFirst().path("recipient")).hasSize(2);
        assertThat(text()).contains("Lee Park").doesNotContain("Kim Away", "custodian:");
    }

    @Test
    void thereIsNoneWhereTheOrganisationDoesNotWantOne() {
        try (var usual = new TestRecord()) {
            usual.decide(
                    usual.rooms.message(usual.room, usual.pharmacist, "x"),
                    usual.rooms.message(usual.room, usual.registrar, "x"));
            usual.careRecord.deliverDue();
            assertThat(new String(usual.stub.documents().getFirst(), StandardCharsets.UTF_8))
                    .doesNotContain("Communication", "Who was told", "Lee Park");
        }
    }

    @Test
    void whoIsAloneInTheConversationHasToldNobody() {
        var source = said(record.registrar);
        var summary = said(record.pharmacist);
        record.rooms.leave(record.room, record.registrar);
        record.rooms.leave(record.room, record.nurse);
        var body = record.body(summary, source).put("decider_user_id", record.pharmacist.value());
        var path = "/_lanyard/v1/rooms/" + record.room.value() + "/decisions";
        var sent = http.post(path, record.token(record.pharmacist), body);
        assertThat(sent.status()).as(sent.json().toString()).isEqualTo(201);
        record.careRecord.deliverDue();
        assertThat(text()).contains("Furosemide").doesNotContain("Communication", "Who was told");
    }

    @Test
    void ofALargeConversationThoseAreNamedWhoTookPart() {
        var many = IntStream.rangeClosed(1, Told.MOST_NAMED + 1)
                .mapToObj(n -> new Clinician(new UserId("@p" + n + ":demo.example"), "P " + n, "", "", ""))
                .toList();
        var took = Set.of(many.get(3).user(), new UserId("@gone:demo.example"));
        var told = Told.of(Instant.EPOCH, many, took);
        assertThat(told.people()).containsExactly(many.get(3));
        assertThat(told.others()).isEqualTo(Told.MOST_NAMED);
        var fewer = Told.of(Instant.EPOCH, many.subList(1, many.size()), took);
        assertThat(fewer.people()).hasSize(Told.MOST_NAMED);
        assertThat(fewer.others()).isZero();
        assertThat(told.toString()).doesNotContain("P 4");
    }
}
