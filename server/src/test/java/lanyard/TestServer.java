package lanyard;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.platform.db.Database;
import lanyard.platform.db.TestDatabase;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Secrets;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.SpecificationSchemas;
import lanyard.trust.handset.TestPhone;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.DemonstrationCodes;
import lanyard.trust.identity.DeviceRequest;
import lanyard.trust.identity.Duty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The whole application on a fresh database and a free port, and a tiny client for it.
public final class TestServer implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Database database;
    private final Path data;
    private final Map<String, String> environment;
    private final Ground.Given given;
    private App app;
    Demonstration.First first;
    private HttpClient http = HttpClient.newHttpClient();

    private TestServer(Path data, Map<String, String> more, Ground.Given given) {
        this.database = TestDatabase.fresh();
        this.data = data;
        this.given = given;
        environment = new HashMap<>(Map.of(
                "LANYARD_PORT", "0",
                "LANYARD_DATA", data.toString(),
                "LANYARD_SERVER_NAME", "lanyard.localhost"));
        environment.putAll(more);
        this.app = App.start(Settings.read(environment), database, given);
        this.first = app.first();
        app.firstIsTold();
    }

    /// Open registration, rooms as the caller: for what Matrix alone says.
    public static TestServer conformance() {
        return new TestServer(directory(), Map.of("LANYARD_CONFORMANCE", "true"), quick(InstantSource.system()));
    }

    /// The demonstration organisation as `make run` serves it, on a clock that the test moves.
    public static TestServer demonstration(InstantSource clock, Map<String, String> more) {
        return new TestServer(directory(), more, quick(clock));
    }

    /// The same, where each password costs what it costs an attacker: for what that does to others.
    public static TestServer withDearPasswords(InstantSource clock, Map<String, String> more) {
        var random = new SecureRandom();
        return new TestServer(directory(), more, new Ground.Given(clock, random, new Secrets(random)));
    }

    private static Ground.Given quick(InstantSource clock) {
        var random = new SecureRandom();
        return new Ground.Given(clock, random, Secrets.quick(random));
    }

    /// Stops and starts again on the same data.
    public void restart() {
        stop();
        app = App.start(Settings.read(environment), database, given);
    }

    /// Stops, copies the database, starts again: the copy is a backup.
    public Database backUp() {
        stop();
        var copy = TestDatabase.copyOf(database);
        app = App.start(Settings.read(environment), database, given);
        return copy;
    }

    /// Stops and starts on a backup. What is beside the database stays as it is.
    public void restore(Database backup) {
        stop();
        app = App.start(Settings.read(environment), backup, given);
    }

    /// A server that stops waits a second for connections that are open and idle: ours go first.
    private void stop() {
        http.shutdownNow();
        http = HttpClient.newHttpClient();
        app.close();
    }

    public Path data() {
        return data;
    }

    App app() {
        return app;
    }

    Demonstration.First first() {
        return first;
    }

    /// Looks for originals that may go now, as the job does each minute.
    public void sweep() {
        app.governance().retention().sweep();
    }

    /// Disposes of what retention has run out of, as the job does each minute.
    public long expire() {
        return app.governance().retention().expire();
    }

    /// Signs one of the demonstration's people in, both steps, and publishes keys for the device.
    public Person signIn(String user) {
        var login = Json.object().put("type", "m.login.token").put("token", loginToken(user));
        var session = call("POST", "/_matrix/client/v3/login", null, login);
        var person = new Person(session.text("user_id"), session.text("device_id"), session.text("access_token"));
        enrol(person);
        publishKeys(person);
        return person;
    }

    /// Sets somebody's phone up, as our own app does right after the sign-in.
    public void enrol(Person person) {
        try (var client = http()) {
            new TestPhone(client).enrol(person.token());
        }
    }

    /// What both steps on our own page give.
    public String loginToken(String user) {
        return secondStep(user, password(user)).text("login_token");
    }

    /// The first step on our own page, with the right password.
    public Answer password(String user) {
        var body = Json.object().put("user", user).put("password", passwordOf(user));
        return call("POST", "/_lanyard/v1/sign-in/password", null, body);
    }

    public String passwordOf(String user) {
        return first.signIns().stream()
                .filter(one -> one.user().equals(user))
                .findFirst()
                .orElseThrow()
                .password();
    }

    /// What the authenticator shows now.
    public String codeOf(String user) {
        return new DemonstrationCodes(database, app.ground().keys())
                .code(user, given.clock().instant());
    }

    /// The second step, with the right code.
    public Answer secondStep(String user, Answer pending) {
        var body = Json.object().put("session", pending.text("session")).put("code", codeOf(user));
        return call("POST", "/_lanyard/v1/sign-in/second-step", null, body);
    }

    /// A login token as both steps on our own page give it, without taking them.
    public String provenAs(Person person) {
        return app.ground()
                .writer()
                .write(commit -> app.ground().identity().appSessions().giveLoginToken(commit, new UserId(person.id())));
    }

    /// Somebody proves on their device, now, that it is they.
    public void proveAgain(Person person) {
        var identity = app.ground().identity();
        var user = new UserId(person.id());
        var organization = identity.people().get(user).organization();
        app.ground()
                .writer()
                .write(commit -> identity.stepUp()
                        .proven(commit, new Caller(user, new DeviceId(person.device()), organization)));
    }

    /// Another session of somebody's, without the ceremony of two steps.
    public Person anotherDevice(Person person) {
        var session = app.ground().identity().signIn().login(provenAs(person), DeviceRequest.ANY);
        return new Person(person.id(), session.device().value(), session.accessToken());
    }

    /// A client of the same server that shows an answer's headers too.
    public TestHttp http() {
        return TestHttp.at(app.port());
    }

    public void publishKeys(Person person) {
        TestKeys.uploads(person).forEach((path, body) -> post(person, "/_matrix/client/v3/keys/" + path, body));
    }

    static Path directory() {
        try {
            return Files.createTempDirectory("lanyard-test");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Database database() {
        return database;
    }

    public record Answer(int status, JsonNode body) {
        public ObjectNode object() {
            return (ObjectNode) body;
        }

        public String text(String field) {
            return body.path(field).asString("");
        }
    }

    /// Somebody who is signed in.
    public record Person(String id, String device, String token) {}

    public Person register(String name) {
        var first = call(
                "POST",
                "/_matrix/client/v3/register",
                null,
                Json.object().put("username", name).put("password", "p-" + name));
        var body = Json.object().put("username", name).put("password", "p-" + name);
        body.putObject("auth").put("type", "m.login.dummy").put("session", first.text("session"));
        var done = call("POST", "/_matrix/client/v3/register", null, body);
        return new Person(done.text("user_id"), done.text("device_id"), done.text("access_token"));
    }

    /// Every page and form of the console, with who may.
    public Map<String, Set<Duty>> consoleRoutes() {
        return app.ground().trust().console().declared();
    }

    /// Somebody's account ends.
    public void leave(String user) {
        app.ground().writer().write(commit -> {
            app.ground().identity().leave(commit, new UserId(user), "a test", "a test");
            return user;
        });
    }

    /// Makes somebody an administrator.
    public void appoint(Person person) {
        app.ground().writer().write(commit -> {
            app.ground().identity().moderation().appoint(commit, new UserId(person.id()), true, "a test");
            return person;
        });
    }

    /// Reports that device lost, or found.
    public void lock(Person person, boolean locked) {
        app.ground().writer().write(commit -> {
            app.ground()
                    .identity()
                    .devices()
                    .lock(commit, new UserId(person.id()), new DeviceId(person.device()), locked);
            return person;
        });
    }

    /// Places a hold on a room; answers how to lift it.
    public Runnable hold(String room) {
        var by = new UserId("@officer:lanyard.localhost");
        var holds = app.ground().trust().holds();
        var hold = holds.place(new NewHold("X26", new RoomId(room), by, "an inquiry"));
        return () -> holds.lift(hold, by, "it is over");
    }

    /// Places a hold on a room, for a reason.
    public void holdFor(String room, String reason) {
        var by = new UserId("@officer:lanyard.localhost");
        app.ground().trust().holds().place(new NewHold("X26", new RoomId(room), by, reason));
    }

    /// Gives somebody another name.
    public void rename(String user, String name) {
        app.ground().writer().write(commit -> {
            app.ground().identity().people().rename(commit, new UserId(user), name);
            return user;
        });
    }

    /// Signs what is new in the audit, as the job does each second.
    public void checkpointAudit() {
        app.ground().trust().audit().checkpoint();
    }

    /// For requests with headers of their own.
    public URI address(String path) {
        return URI.create("http://localhost:" + app.port() + path);
    }

    public Answer get(Person person, String path) {
        return call("GET", path, person, null);
    }

    public Answer put(Person person, String path, ObjectNode body) {
        return call("PUT", path, person, body);
    }

    public Answer post(Person person, String path, ObjectNode body) {
        return call("POST", path, person, body);
    }

    public Answer call(String method, String path, @Nullable Person person, @Nullable ObjectNode body) {
        return raw(method, path, person, body == null ? new byte[0] : Json.bytes(body));
    }

    public Answer raw(String method, String path, @Nullable Person person, byte[] body) {
        return raw(method, path, person, body, "application/json");
    }

    private Answer raw(String method, String path, @Nullable Person person, byte[] body, String type) {
        var request = HttpRequest.newBuilder(address(path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("Content-Type", type);
        if (person != null) {
            request.header("Authorization", "Bearer " + person.token());
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            var answer = new Answer(response.statusCode(), MAPPER.readTree(response.body()));
            if (answer.status() == 200) {
                SpecificationSchemas.check(method, path, answer.body());
            }
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A form, as OAuth's endpoints want it.
    public Answer form(String path, Map<String, String> parameters) {
        var body = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + segment(one.getValue()))
                .collect(Collectors.joining("&"));
        return raw("POST", path, null, body.getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
    }

    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A room that `owner` created and `guests` joined.
    public String room(Person owner, Person... guests) {
        var body = Json.object();
        var invite = body.putArray("invite");
        for (var guest : guests) {
            invite.add(guest.id());
        }
        var room = post(owner, "/_matrix/client/v3/createRoom", body).text("room_id");
        for (var guest : guests) {
            post(guest, "/_matrix/client/v3/join/" + segment(room), Json.object());
        }
        return room;
    }

    public Answer send(Person sender, String room, String transaction, String text) {
        return put(
                sender,
                "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.room.message/" + transaction,
                Json.object().put("msgtype", "m.text").put("body", text));
    }

    public Answer sync(Person person, @Nullable String since) {
        return get(person, "/_matrix/client/v3/sync" + (since == null ? "" : "?since=" + since));
    }

    @Override
    public void close() {
        http.shutdownNow();
        app.close();
        database.close();
    }
}
