package lanyard.trust.console;

import java.util.Base64;
import java.util.Set;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Token;
import lanyard.trust.passkey.Purpose;

/// Somebody who is signed in to the console, as one request sees it.
record Session(String id, Token token, Caller caller, String name, Set<Duty> duties, boolean fresh) {
    Session {
        duties = Set.copyOf(duties);
    }

    /// In every form of this session, and of no other.
    String csrf() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(new Token("csrf of " + token.value()).hash());
    }

    /// What a passkey signs for, when it proves who is there.
    Purpose stepUp() {
        return new Purpose("console-step-up", id);
    }

    boolean may(Set<Duty> anyOf) {
        return anyOf.isEmpty() || duties.stream().anyMatch(anyOf::contains);
    }

    Session proven() {
        return new Session(id, token, caller, name, duties, true);
    }

    @Override
    public String toString() {
        return "Session[" + caller.user() + ", hidden]";
    }
}
