package lanyard.trust.identity;

import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// The end of a sign-in, made ready before the deed that makes sure of it.
///
/// @param browser what the browser showed, to be kept by it if it was known
public record Passing(
        UserId user, Failures.Account account, Token loginToken, Token newBrowser, Optional<String> browser) {
    /// What the browser is to keep.
    String browserToKeep() {
        return account.knownBrowser().isPresent() ? browser.orElseThrow() : newBrowser.value();
    }

    @Override
    public String toString() {
        return "Passing[" + user + ", hidden]";
    }
}
