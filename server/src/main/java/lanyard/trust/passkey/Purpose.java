package lanyard.trust.passkey;

import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;

/// What an assertion is asked for, and by whom: one given for another purpose is none.
public record Purpose(String deed, String whose) {
    private static final String SIGN_IN = "sign-in";

    static Purpose signIn(String session) {
        return new Purpose(SIGN_IN, session);
    }

    static Purpose secondStep(String session) {
        return new Purpose("second-step", session);
    }

    static Purpose stepUp(Caller caller) {
        return new Purpose("step-up", deviceOf(caller));
    }

    static Purpose adding(Caller caller) {
        return new Purpose("adding", deviceOf(caller));
    }

    static Purpose enrolling(UserId user, String session) {
        return new Purpose("enrolling", user.value() + " " + session);
    }

    /// Whether the authenticator must say who its person is, as nobody else has.
    boolean isOfAnybody() {
        return deed.equals(SIGN_IN);
    }

    private static String deviceOf(Caller caller) {
        return caller.user().value() + " " + caller.device().value();
    }
}
