package lanyard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanyard.platform.CannotStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    private Path directory;

    @Test
    void nothingNeedsToBeSet() {
        var settings = read(Map.of());

        assertThat(settings.http().port()).isEqualTo(8008);
        assertThat(settings.http().bind()).isEqualTo("127.0.0.1");
        assertThat(settings.publicUrl()).isEqualTo(URI.create("http://localhost:8008"));
        assertThat(settings.serverName().value()).isEqualTo("lanyard.localhost");
        assertThat(settings.database()).isEmpty();
        assertThat(settings.demonstration()).isTrue();
        assertThat(settings.conformance()).isFalse();
        assertThat(settings.record().fhirUrl()).isEmpty();
        assertThat(settings.record().directory()).isEqualTo(directory.resolve("record"));
        assertThat(settings.web()).isEmpty();
        assertThat(settings.ssoRedirects()).isEmpty();
    }

    @Test
    void everythingCanBeSet() throws IOException {
        Files.createDirectory(directory.resolve("web"));
        Files.writeString(directory.resolve("web/index.html"), "");
        var settings = read(Map.ofEntries(
                Map.entry("LANYARD_PORT", "9000"),
                Map.entry("LANYARD_BIND", "0.0.0.0"),
                Map.entry("LANYARD_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"),
                Map.entry("LANYARD_PUBLIC_URL", "https://messages.example.org/"),
                Map.entry("LANYARD_SERVER_NAME", "example.org"),
                Map.entry("LANYARD_DATABASE_URL", "postgresql://db.example.org:5432/lanyard?sslmode=verify-full"),
                Map.entry("LANYARD_DATABASE_USER", "lanyard"),
                Map.entry("LANYARD_DATABASE_PASSWORD", "hunter2"),
                Map.entry("LANYARD_CONFORMANCE", "true"),
                Map.entry("LANYARD_FHIR_URL", "https://fhir.example.org/r4"),
                Map.entry("LANYARD_FHIR_AUTHORIZATION", "Bearer hunter3"),
                Map.entry("LANYARD_FHIR_COMMUNICATION", "true"),
                Map.entry("LANYARD_WEB", directory.resolve("web").toString()),
                Map.entry("LANYARD_SSO_REDIRECTS", "https://app.element.io/, element://vector/")));

        assertThat(settings.http().https()).isTrue();
        assertThat(settings.http().trustedProxies()).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(settings.publicUrl()).isEqualTo(URI.create("https://messages.example.org"));
        assertThat(settings.database().orElseThrow().jdbcUrl())
                .isEqualTo("jdbc:postgresql://db.example.org:5432/lanyard?sslmode=verify-full");
        assertThat(settings.conformance()).isTrue();
        assertThat(settings.record().fhirAuthorization()).isEqualTo("Bearer hunter3");
        assertThat(settings.record().communications()).isTrue();
        assertThat(settings.ssoRedirects())
                .containsExactly(URI.create("https://app.element.io/"), URI.create("element://vector/"));
        assertThat(settings.toString()).doesNotContain("hunter");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        var file = file("LANYARD_PORT=9001\nLANYARD_SERVER_NAME=example.org\n");

        var settings = read(Map.of("LANYARD_SETTINGS", file.toString(), "LANYARD_PORT", "9002"));

        assertThat(settings.http().port()).isEqualTo(9002);
        assertThat(settings.serverName().value()).isEqualTo("example.org");
    }

    @Test
    void directoriesItMakesAreForNobodyElse() throws IOException {
        var settings = read(Map.of("LANYARD_DATA", directory.resolve("new/data").toString()));

        for (var made : List.of(settings.data(), settings.record().directory())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void emptyCountsAsNotSet() {
        assertThat(read(Map.of("LANYARD_PORT", "")).http().port()).isEqualTo(8008);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LANYARD_PORT            | eighty                    | a number from 0 to 65535",
                "LANYARD_PORT            | 70000                     | a number from 0 to 65535",
                "LANYARD_PORT            | -1                        | a number from 0 to 65535",
                "LANYARD_BIND            | localhost                 | an IP address",
                "LANYARD_TRUSTED_PROXIES | 10.0.0.1,proxy            | an IP address",
                "LANYARD_PUBLIC_URL      | messages.example.org      | https://messages.trust.nhs.uk",
                "LANYARD_PUBLIC_URL      | http://example.org        | http is for this machine only",
                "LANYARD_PUBLIC_URL      | https://example.org/app   | without a path",
                "LANYARD_PUBLIC_URL      | https://example.org?a=b   | without a path",
                "LANYARD_SERVER_NAME     | example.org/              | a host name",
                "LANYARD_CONFORMANCE     | yes                       | true or false",
                "LANYARD_DEMONSTRATION   | 1                         | true or false",
                "LANYARD_FHIR_URL        | http://fhir.example.org   | http is for this machine only",
                "LANYARD_FHIR_URL        | fhir                      | the address of a FHIR R4 server",
                "LANYARD_WEB             | /nowhere                  | with index.html in it",
                "LANYARD_SSO_REDIRECTS   | app.element.io            | beginnings of addresses",
                "LANYARD_SSO_REDIRECTS   | http://example.org/       | beginnings of addresses",
                "LANYARD_SSO_REDIRECTS   | javascript://x/           | beginnings of addresses",
                "LANYARD_SSO_REDIRECTS   | https://a@example.org/    | beginnings of addresses",
            })
    void nonsenseIsRefusedBySayingWhatWouldBeRight(String name, String value, String right) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(right)
                .hasMessageEndingWith(".");
    }

    @Test
    void anUnknownVariableIsRefused() {
        refuses(Map.of("LANYARD_PROT", "8008"), "LANYARD_PROT", "is not a setting of Lanyard", "LANYARD_PORT");
    }

    @Test
    void otherVariablesAreNotOurs() {
        assertThat(read(Map.of("PATH", "/bin")).http().port()).isEqualTo(8008);
    }

    @Test
    void aFileThatCannotBeReadIsRefused() {
        refuses(Map.of("LANYARD_SETTINGS", "/nowhere.properties"), "LANYARD_SETTINGS", "cannot be read");
    }

    @Test
    void anUnknownNameInTheFileIsRefused() throws IOException {
        refuses(Map.of("LANYARD_SETTINGS", file("port=8008").toString()), "port in ", "is not a setting");
    }

    @Test
    void aFileThatNamesAnotherIsRefused() throws IOException {
        refuses(Map.of("LANYARD_SETTINGS", file("LANYARD_SETTINGS=other").toString()), "LANYARD_SETTINGS in ");
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenIsRefused() {
        refuses(Map.of("LANYARD_DATA", "/proc/lanyard"), "LANYARD_DATA", "may be written to");
    }

    @Test
    void aRecordDirectoryThatCannotBeWrittenIsRefused() {
        refuses(Map.of("LANYARD_RECORD_DIRECTORY", "/proc/lanyard"), "LANYARD_RECORD_DIRECTORY", "may be written to");
    }

    @Test
    void conformanceServesTheDemonstrationOnly() {
        refuses(
                Map.of("LANYARD_CONFORMANCE", "true", "LANYARD_DEMONSTRATION", "false"),
                "LANYARD_CONFORMANCE",
                "the demonstration organisation only");
    }

    @Test
    void appsOnNoRegisterComeInToTheDemonstrationOnly() {
        refuses(
                Map.of("LANYARD_SSO_REDIRECTS", "https://app.element.io/", "LANYARD_DEMONSTRATION", "false"),
                "LANYARD_SSO_REDIRECTS",
                "the register of approved apps");
    }

    @Test
    void aDatabaseIsSetWholeOrNotAtAll() {
        refuses(Map.of("LANYARD_DATABASE_URL", "postgresql://db/lanyard"), "LANYARD_DATABASE_USER", "all three");
        refuses(Map.of("LANYARD_DATABASE_PASSWORD", "hunter2"), "LANYARD_DATABASE_URL", "all three");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://db/lanyard",
        "postgresql://lanyard:hunter2@db/lanyard",
        "postgresql://db/lanyard?password=hunter2",
        "postgresql://db"
    })
    void aDatabaseAddressThatIsNotUnderstoodIsRefusedWithoutRepeatingIt(String url) {
        var variables = Map.of(
                "LANYARD_DATABASE_URL", url, "LANYARD_DATABASE_USER", "lanyard", "LANYARD_DATABASE_PASSWORD", "x");

        assertThatThrownBy(() -> read(variables))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("LANYARD_DATABASE_URL is not understood")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aDecisionGoesToOnePlace() {
        refuses(
                Map.of("LANYARD_FHIR_URL", "https://fhir.example.org", "LANYARD_RECORD_DIRECTORY", "/tmp"),
                "LANYARD_FHIR_URL",
                "LANYARD_RECORD_DIRECTORY");
        refuses(Map.of("LANYARD_FHIR_AUTHORIZATION", "Bearer hunter2"), "LANYARD_FHIR_URL");
        refuses(Map.of("LANYARD_FHIR_COMMUNICATION", "true"), "LANYARD_FHIR_COMMUNICATION", "LANYARD_FHIR_URL");
    }

    @Test
    void aPasswordInTheFhirAddressIsNotRepeated() {
        assertThatThrownBy(() -> read(Map.of("LANYARD_FHIR_URL", "https://a:hunter2@fhir.example.org")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("LANYARD_FHIR_AUTHORIZATION")
                .hasMessageNotContaining("hunter2");
    }

    private void refuses(Map<String, String> variables, String... parts) {
        assertThatThrownBy(() -> read(variables))
                .isInstanceOf(CannotStartException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).endsWith("."));
    }

    private Settings read(Map<String, String> variables) {
        return Settings.read(withData(variables));
    }

    private Map<String, String> withData(Map<String, String> variables) {
        var all = new HashMap<>(Map.of("LANYARD_DATA", directory.toString()));
        all.putAll(variables);
        return all;
    }

    private Path file(String contents) throws IOException {
        return Files.writeString(directory.resolve("settings.properties"), contents);
    }
}
