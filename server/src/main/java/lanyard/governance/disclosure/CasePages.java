package lanyard.governance.disclosure;

import lanyard.platform.http.Routes;
import lanyard.trust.console.Console;

/// The console's pages of cases.
final class CasePages {
    CasePages(Cases cases, Console console) {}

    void addTo(Routes routes) {}
}
