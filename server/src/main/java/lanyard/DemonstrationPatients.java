package lanyard;

import java.time.LocalDate;
import java.util.List;
import lanyard.messaging.patient.Patient;
import lanyard.standards.nhs.NhsNumber;

/// Four made-up patients. Their NHS numbers are of the range 999, which is never given to anybody.
final class DemonstrationPatients {
    static final List<Patient> ALL = List.of(
            patient("Edith Barlow", LocalDate.of(1938, 4, 17), "9990000107"),
            patient("Owen Prosser", LocalDate.of(1956, 11, 2), "9990001111"),
            patient("Farida Hussain", LocalDate.of(1979, 7, 23), "9991234551"),
            patient("Jakub Nowak", LocalDate.of(1994, 1, 30), "9995550121"));

    private DemonstrationPatients() {}

    private static Patient patient(String name, LocalDate birthDate, String number) {
        return new Patient(name, birthDate, NhsNumber.of(number));
    }
}
