package lanyard;

import lanyard.platform.sealing.KeyStore;

/// What no route shows of a [TestServer].
public final class TestInside {
    private TestInside() {}

    /// Does once what a job does each time.
    public static void run(TestServer server, String job) {
        server.app()
                .features()
                .forEach(feature -> feature.jobs((name, period, work) -> {
                    if (name.equals(job)) {
                        work.run();
                    }
                }));
    }

    /// From now on nothing runs by itself and nothing waits to be written: what changes, the test has changed.
    public static void rest(TestServer server) {
        server.app().jobs().close();
        server.app().messaging().marks().flush();
    }

    /// Jobs run by themselves again.
    public static void goOn(TestServer server) {
        server.app().jobs().close();
        server.app().jobs().start();
    }

    public static KeyStore keys(TestServer server) {
        return server.app().ground().keys();
    }
}
