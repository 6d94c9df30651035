package lanyard.trust.console;

import lanyard.platform.http.Reply;

/// Answers one page or one form of the console, for somebody who may see it.
@FunctionalInterface
public interface ConsolePage {
    Reply answer(ConsoleCall call);
}
