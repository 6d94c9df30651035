package lanyard;

import lanyard.TestServer.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// Tests that ask one server as two people who may do whatever Matrix lets them: it is started before the first of a
/// class and stopped after the last.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AliceAndBob {
    protected TestServer server;
    protected Person alice;
    protected Person bob;

    @BeforeAll
    final void startWithTwo() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterAll
    final void stop() {
        server.close();
    }
}
