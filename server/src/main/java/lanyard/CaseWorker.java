package lanyard;

import java.security.SecureRandom;
import lanyard.governance.custodian.UnsealWorker;

/// What the isolated process of an unsealing runs; the server starts it, nobody else.
final class CaseWorker {
    private CaseWorker() {}

    public static void main(String[] arguments) {
        var out = System.out;
        // What a library prints must not get between the answers.
        System.setOut(System.err);
        UnsealWorker.serve(System.in, out, new SecureRandom());
        Runtime.getRuntime().halt(0);
    }
}
