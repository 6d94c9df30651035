package lanyard.messaging.patient;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.KeyName;
import lanyard.platform.sealing.KeyStore;
import lanyard.standards.nhs.NhsNumber;

/// Patients as the database may hold them: sealed under the organisation's key, found by a keyed hash of their number.
/// A plain hash would not do: there are few enough NHS numbers to try them all.
final class PatientSeal {
    private static final String HMAC = "HmacSHA256";

    private final KeyStore keys;

    PatientSeal(KeyStore keys) {
        this.keys = keys;
    }

    /// Makes the organisation's key if need be, which waits for the disk: not for a deed.
    void prepare(String organization) {
        keys.key(name(organization));
    }

    byte[] lookup(String organization, NhsNumber number) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(keys.key(name(organization)).derive("lanyard patient lookup"), HMAC));
            return mac.doFinal(number.value().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    byte[] seal(String organization, PatientId id, Patient patient) {
        var plain = Json.object()
                .put("name", patient.name())
                .put("birth_date", patient.birthDate().toString())
                .put("nhs_number", patient.nhsNumber().value());
        return keys.key(name(organization)).seal(Json.bytes(plain), place(organization, id));
    }

    Patient open(String organization, PatientId id, byte[] sealed) {
        var plain = Json.object(keys.key(name(organization)).open(sealed, place(organization, id)));
        return new Patient(
                Json.text(plain, "name"),
                LocalDate.parse(Json.text(plain, "birth_date")),
                NhsNumber.of(Json.text(plain, "nhs_number")));
    }

    private static KeyName name(String organization) {
        return new KeyName("patient", organization);
    }

    private static byte[] place(String organization, PatientId id) {
        return ("patient\n" + organization + "\n" + id.value()).getBytes(StandardCharsets.UTF_8);
    }
}
