package lanyard.messaging.patient;

import java.time.Duration;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

/// "Patient" in `docs/api.md`. Numbers travel in bodies, never in an address.
final class PatientEndpoints {
    private final Patients patients;
    private final Identity identity;
    /// Enough for a ward round, not for trying numbers.
    private final RateLimit lookUps = new RateLimit(true, 30, 60, Duration.ofHours(1));

    PatientEndpoints(Patients patients, Identity identity) {
        this.patients = patients;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/patients/find", this::findPatient);
        routes.add("PUT /_lanyard/v1/rooms/{roomId}/patient", this::linkPatient);
        routes.add("GET /_lanyard/v1/rooms/{roomId}/patient", this::getLinkedPatient);
    }

    private Reply findPatient(Exchange exchange) {
        var caller = identity.caller(exchange);
        var number = NhsNumber.of(Json.text(exchange.body(), "nhs_number"));
        lookUps.take(caller.user().value());
        var found = patients.findPatient(caller, number);
        var answer = Json.object().put("patient_id", found.id().value());
        return Reply.json(put(answer, found.patient()));
    }

    private Reply linkPatient(Exchange exchange) {
        var caller = identity.caller(exchange);
        var patient = new PatientId(Json.text(exchange.body(), "patient_id"));
        patients.link(caller, new RoomId(exchange.param("roomId")), patient);
        return Reply.empty();
    }

    private Reply getLinkedPatient(Exchange exchange) {
        var caller = identity.caller(exchange);
        var banner = patients.banner(caller, new RoomId(exchange.param("roomId")));
        return Reply.json(put(Json.object(), banner.patient()).put("version", banner.version()));
    }

    private static ObjectNode put(ObjectNode answer, Patient patient) {
        return answer.put("name", patient.name())
                .put("birth_date", patient.birthDate().toString())
                .put("nhs_number", patient.nhsNumber().value());
    }
}
