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

    public static KeyStore keys(TestServer server) {
        return server.app().ground().keys();
    }
}
