package lanyard;

import static lanyard.SettingName.LANYARD_BIND;
import static lanyard.SettingName.LANYARD_CONFORMANCE;
import static lanyard.SettingName.LANYARD_DATA;
import static lanyard.SettingName.LANYARD_DATABASE_PASSWORD;
import static lanyard.SettingName.LANYARD_DATABASE_URL;
import static lanyard.SettingName.LANYARD_DATABASE_USER;
import static lanyard.SettingName.LANYARD_DEMONSTRATION;
import static lanyard.SettingName.LANYARD_FHIR_AUTHORIZATION;
import static lanyard.SettingName.LANYARD_FHIR_COMMUNICATION;
import static lanyard.SettingName.LANYARD_FHIR_URL;
import static lanyard.SettingName.LANYARD_MEDIA_LARGEST_MB;
import static lanyard.SettingName.LANYARD_MEDIA_QUOTA_MB;
import static lanyard.SettingName.LANYARD_PORT;
import static lanyard.SettingName.LANYARD_PUBLIC_URL;
import static lanyard.SettingName.LANYARD_PUSH_GATEWAYS;
import static lanyard.SettingName.LANYARD_RECORD_BY_HAND;
import static lanyard.SettingName.LANYARD_RECORD_DIRECTORY;
import static lanyard.SettingName.LANYARD_REGISTRATION_SECRET;
import static lanyard.SettingName.LANYARD_SERVER_NAME;
import static lanyard.SettingName.LANYARD_SSO_REDIRECTS;
import static lanyard.SettingName.LANYARD_TRUSTED_PROXIES;
import static lanyard.SettingName.LANYARD_TURN_SECRET;
import static lanyard.SettingName.LANYARD_TURN_URIS;
import static lanyard.SettingName.LANYARD_WEB;
import static lanyard.SettingName.LANYARD_WEB_PUSH_HOSTS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.messaging.account.AccountSettings;
import lanyard.messaging.media.MediaSettings;
import lanyard.messaging.push.PushSettings;
import lanyard.platform.CannotStartException;
import lanyard.platform.db.DatabaseAddress;
import lanyard.platform.db.EmbeddedPostgres;
import lanyard.platform.http.HttpSettings;
import lanyard.standards.matrix.ServerName;

/// Turns text into settings or into one sentence.
final class SettingsReader {
    private static final int USUAL_PORT = 8008;
    private static final String USUAL_SERVER_NAME = "lanyard.localhost";
    private static final long USUAL_LARGEST_MEDIA = 50;
    private static final long USUAL_MEDIA_QUOTA = 2_048;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> NEVER_AN_APP = Set.of("javascript", "data", "file", "blob", "about");

    private final Variables variables;
    private final boolean makes;

    /// @param makes whether directories that are not there are made
    SettingsReader(Variables variables, boolean makes) {
        this.variables = variables;
        this.makes = makes;
    }

    Settings read() {
        var port = port();
        var publicUrl = publicUrl(port);
        var data = writable(LANYARD_DATA, usualData());
        var demonstration = variables.isTrue(LANYARD_DEMONSTRATION, true);
        return new Settings(
                new HttpSettings(bind(), port, publicUrl.getScheme().equals("https"), proxies()),
                publicUrl,
                serverName(),
                data,
                database(),
                demonstration,
                conformance(demonstration),
                record(data),
                web(),
                media(),
                turn(),
                new PushSettings(pushGateways(), webPushHosts(), publicUrl),
                registrationSecret(),
                new UpstreamReader(variables).read(),
                ssoRedirects(demonstration));
    }

    private int port() {
        var text = variables.find(LANYARD_PORT);
        if (text.isEmpty()) {
            return USUAL_PORT;
        }
        if (!text.get().matches("[0-9]{1,5}") || Integer.parseInt(text.get()) > 65_535) {
            throw Variables.refused(LANYARD_PORT, text.get(), "a number from 0 to 65535, 0 meaning any free port");
        }
        return Integer.parseInt(text.get());
    }

    private String bind() {
        return variables
                .find(LANYARD_BIND)
                .map(text -> address(LANYARD_BIND, text))
                .orElse("127.0.0.1");
    }

    private List<String> proxies() {
        return variables.list(LANYARD_TRUSTED_PROXIES).stream()
                .map(text -> address(LANYARD_TRUSTED_PROXIES, text))
                .toList();
    }

    private static String address(SettingName name, String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw Variables.refused(name, text, "an IP address such as 127.0.0.1");
        }
    }

    private URI publicUrl(int port) {
        var text = variables.find(LANYARD_PUBLIC_URL).orElse("http://localhost:" + port);
        var right = "an address such as https://messages.trust.nhs.uk, without a path; http is for this machine only";
        var url = uri(LANYARD_PUBLIC_URL, text, right);
        var bare = url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && Set.of("", "/").contains(url.getRawPath());
        if (!bare || !isSecure(url)) {
            throw Variables.refused(LANYARD_PUBLIC_URL, text, right);
        }
        return URI.create(url.getScheme() + "://" + url.getRawAuthority());
    }

    private ServerName serverName() {
        var text = variables.find(LANYARD_SERVER_NAME).orElse(USUAL_SERVER_NAME);
        if (!ServerName.isValid(text)) {
            throw Variables.refused(LANYARD_SERVER_NAME, text, "a host name such as messages.trust.nhs.uk");
        }
        return new ServerName(text);
    }

    /// As root the embedded PostgreSQL runs as an ordinary user, who may not enter, say, root's own home.
    private Path usualData() {
        var here = Path.of(".lanyard").toAbsolutePath();
        return variables.find(LANYARD_DATABASE_URL).isPresent() || EmbeddedPostgres.mayLiveBelow(here)
                ? here
                : Path.of("/var/lib/lanyard");
    }

    private Optional<DatabaseAddress> database() {
        var url = variables.find(LANYARD_DATABASE_URL);
        var user = variables.find(LANYARD_DATABASE_USER);
        var password = variables.find(LANYARD_DATABASE_PASSWORD);
        if (url.isEmpty()) {
            if (user.isPresent() || password.isPresent()) {
                throw new CannotStartException(LANYARD_DATABASE_URL + " is missing beside " + LANYARD_DATABASE_USER
                        + " and " + LANYARD_DATABASE_PASSWORD + ": set all three, or none for the embedded database.");
            }
            return Optional.empty();
        }
        if (user.isEmpty() || password.isEmpty()) {
            throw new CannotStartException(LANYARD_DATABASE_URL + " needs " + LANYARD_DATABASE_USER + " and "
                    + LANYARD_DATABASE_PASSWORD + " beside it: set all three.");
        }
        return Optional.of(new DatabaseAddress(jdbcUrl(url.get()), user.get(), password.get()));
    }

    /// The address is not repeated in the refusal: people put passwords into it.
    private static String jdbcUrl(String text) {
        var jdbc = text.startsWith("postgresql://") ? "jdbc:" + text : text;
        if (!jdbc.matches("jdbc:postgresql://[^@/?\\s]+/[^@/?\\s]+(\\?\\S*)?") || jdbc.contains("password=")) {
            throw new CannotStartException(LANYARD_DATABASE_URL + " is not understood: give"
                    + " postgresql://host:5432/database, with user and password in variables of their own.");
        }
        return jdbc;
    }

    private boolean conformance(boolean demonstration) {
        var conformance = variables.isTrue(LANYARD_CONFORMANCE, false);
        if (conformance && !demonstration) {
            throw new CannotStartException(LANYARD_CONFORMANCE + " is true and " + LANYARD_DEMONSTRATION
                    + " is false: conformance mode lets anybody in and serves the demonstration organisation only, so"
                    + " set one of them the other way.");
        }
        return conformance;
    }

    private Settings.CareRecordSettings record(Path data) {
        var fhir = variables.find(LANYARD_FHIR_URL).map(SettingsReader::fhirUrl);
        var authorization = variables.find(LANYARD_FHIR_AUTHORIZATION);
        var directory = variables.find(LANYARD_RECORD_DIRECTORY);
        if (fhir.isPresent() && directory.isPresent()) {
            throw new CannotStartException(LANYARD_FHIR_URL + " and " + LANYARD_RECORD_DIRECTORY
                    + " are both set: a decision goes to one place, so set one of them.");
        }
        var byHand = variables.isTrue(LANYARD_RECORD_BY_HAND, false);
        if (byHand && (fhir.isPresent() || directory.isPresent())) {
            throw new CannotStartException(LANYARD_RECORD_BY_HAND + " is true and a place for decisions is set too:"
                    + " a decision goes to one place, so leave one of them out.");
        }
        if (fhir.isEmpty() && authorization.isPresent()) {
            throw new CannotStartException(LANYARD_FHIR_AUTHORIZATION + " is set without " + LANYARD_FHIR_URL
                    + ": set both, or neither for a directory of files.");
        }
        var communications = variables.isTrue(LANYARD_FHIR_COMMUNICATION, false);
        if (fhir.isEmpty() && communications) {
            throw new CannotStartException(LANYARD_FHIR_COMMUNICATION + " is true without " + LANYARD_FHIR_URL
                    + ": set both, or leave it out.");
        }
        var files = fhir.isPresent() || byHand
                ? data.resolve("record")
                : writable(LANYARD_RECORD_DIRECTORY, data.resolve("record"));
        return new Settings.CareRecordSettings(fhir, authorization.orElse(""), communications, files, byHand);
    }

    private static URI fhirUrl(String text) {
        var right = "the address of a FHIR R4 server such as https://fhir.trust.nhs.uk/r4; http is for this machine"
                + " only, and a password goes into " + LANYARD_FHIR_AUTHORIZATION;
        var url = uri(LANYARD_FHIR_URL, text, right);
        if (url.getRawUserInfo() != null) {
            throw new CannotStartException(LANYARD_FHIR_URL + " is not understood: give " + right + ".");
        }
        if (!isSecure(url) || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw Variables.refused(LANYARD_FHIR_URL, text, right);
        }
        return url;
    }

    private Optional<Path> web() {
        var text = variables.find(LANYARD_WEB);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var directory = path(LANYARD_WEB, text.get());
        if (!Files.isReadable(directory.resolve("index.html"))) {
            throw Variables.refused(
                    LANYARD_WEB, text.get(), "the directory that building the app has made, with index.html in it");
        }
        return Optional.of(directory);
    }

    private List<URI> pushGateways() {
        var right = "addresses such as https://push.example.org/_matrix/push/v1/notify, separated by commas";
        return variables.list(LANYARD_PUSH_GATEWAYS).stream()
                .map(text -> {
                    var url = uri(LANYARD_PUSH_GATEWAYS, text, right);
                    if (!isSecure(url) || !"/_matrix/push/v1/notify".equals(url.getRawPath())) {
                        throw Variables.refused(LANYARD_PUSH_GATEWAYS, text, right);
                    }
                    return url;
                })
                .toList();
    }

    private List<String> webPushHosts() {
        var hosts = variables.list(LANYARD_WEB_PUSH_HOSTS);
        hosts.forEach(text -> {
            if (!text.matches("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)+")
                    && !text.matches("http://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?")) {
                throw Variables.refused(
                        LANYARD_WEB_PUSH_HOSTS, text, "hosts such as fcm.googleapis.com or *.push.apple.com");
            }
        });
        return hosts.isEmpty() ? PushSettings.USUAL_HOSTS : hosts;
    }

    private Settings.SharedSecret registrationSecret() {
        var secret = variables.find(LANYARD_REGISTRATION_SECRET).orElse("");
        if (!secret.isEmpty() && !variables.isTrue(LANYARD_CONFORMANCE, false)) {
            throw new CannotStartException(LANYARD_REGISTRATION_SECRET
                    + " is for conformance mode: leave it out, or set " + LANYARD_CONFORMANCE + " to true.");
        }
        return new Settings.SharedSecret(secret);
    }

    private AccountSettings.Turn turn() {
        var uris = variables.list(LANYARD_TURN_URIS);
        uris.forEach(uri -> {
            if (!uri.matches("turns?:[\\w.\\[\\]:-]+(\\?transport=(udp|tcp))?")) {
                throw Variables.refused(LANYARD_TURN_URIS, uri, "turn:relay.trust.nhs.uk:3478?transport=udp, say");
            }
        });
        var secret = variables.find(LANYARD_TURN_SECRET).orElse("");
        if (uris.isEmpty() == secret.isBlank()) {
            return new AccountSettings.Turn(uris, secret);
        }
        throw new CannotStartException(
                LANYARD_TURN_URIS + " and " + LANYARD_TURN_SECRET + " go together: set both or neither.");
    }

    private MediaSettings media() {
        var largest = mebibytes(LANYARD_MEDIA_LARGEST_MB, USUAL_LARGEST_MEDIA);
        var quota = mebibytes(LANYARD_MEDIA_QUOTA_MB, Math.max(USUAL_MEDIA_QUOTA, largest));
        if (quota < largest) {
            throw Variables.refused(
                    LANYARD_MEDIA_QUOTA_MB, Long.toString(quota), "at least " + LANYARD_MEDIA_LARGEST_MB);
        }
        return MediaSettings.ofMebibytes(largest, quota);
    }

    private long mebibytes(SettingName name, long usual) {
        var text = variables.find(name).orElse(Long.toString(usual));
        if (!text.matches("[1-9][0-9]{0,6}")) {
            throw Variables.refused(name, text, "a number of MiB from 1 to 9999999");
        }
        return Long.parseLong(text);
    }

    /// What could go wrong: an app that knows only `m.login.*` comes in past the register of approved apps.
    private List<URI> ssoRedirects(boolean demonstration) {
        var redirects = variables.list(LANYARD_SSO_REDIRECTS).stream()
                .map(SettingsReader::ssoRedirect)
                .toList();
        if (!redirects.isEmpty() && !demonstration) {
            throw new CannotStartException(LANYARD_SSO_REDIRECTS + " is set and " + LANYARD_DEMONSTRATION
                    + " is false: it lets apps in that are on no register, for tests of the demonstration organisation"
                    + " only. Leave it out, and put apps on the register of approved apps.");
        }
        return redirects;
    }

    private static URI ssoRedirect(String text) {
        var right = "beginnings of addresses separated by commas, such as https://app.element.io/ or"
                + " element://vector/";
        var url = uri(LANYARD_SSO_REDIRECTS, text, right);
        var web = url.getScheme().equals("http") || url.getScheme().equals("https");
        if (NEVER_AN_APP.contains(url.getScheme())
                || url.getRawAuthority() == null
                || url.getRawUserInfo() != null
                || (web && !isSecure(url))) {
            throw Variables.refused(LANYARD_SSO_REDIRECTS, text, right);
        }
        return url;
    }

    private static URI uri(SettingName name, String text, String right) {
        try {
            var url = new URI(text);
            if (url.isAbsolute() && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw Variables.refused(name, text, right);
        }
        throw Variables.refused(name, text, right);
    }

    static boolean isSecure(URI url) {
        return url.getScheme().equals("https")
                || (url.getScheme().equals("http") && THIS_MACHINE.contains(url.getHost()));
    }

    private Path writable(SettingName name, Path otherwise) {
        var directory = variables.find(name).map(text -> path(name, text)).orElse(otherwise.toAbsolutePath());
        if (!makes && !Files.exists(directory)) {
            return directory;
        }
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
            Files.delete(Files.createTempFile(directory, "probe", null));
        } catch (IOException e) {
            throw Variables.refused(name, directory.toString(), "a directory that may be written to");
        }
        return directory;
    }

    private static Path path(SettingName name, String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw Variables.refused(name, text, "the path of a directory");
        }
    }
}
