package lanyard.trust.upstream;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.util.Base64;
import lanyard.trust.identity.Token;

/// What binds one sign-in to one browser: the state goes round by the address, the other half stays in the browser's
/// cookie, and the rest is made of both, so that neither alone finishes a sign-in.
record Secrets(String stateText, String browser) {
    State state() {
        return new State(stateText);
    }

    Nonce nonce() {
        return new Nonce(made("nonce"));
    }

    CodeVerifier verifier() {
        return new CodeVerifier(made("verifier"));
    }

    private String made(String what) {
        var hash = new Token(what + "\n" + stateText + "\n" + browser).hash();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}
