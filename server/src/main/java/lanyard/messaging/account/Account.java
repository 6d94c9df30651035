package lanyard.messaging.account;

import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;

/// A person's account as Matrix clients see it; push rules are kept here as account data. Owns `account_data` and
/// `filter`.
public final class Account implements Feature {
    private final AccountParts parts;
    private final AccountData accountData;
    private final Filters filters;

    public Account(AccountParts parts) {
        this.parts = parts;
        var store = new AccountDataStore();
        this.accountData = new AccountData(parts, store);
        this.filters = new Filters(parts, store);
    }

    public AccountData accountData() {
        return accountData;
    }

    public Filters filters() {
        return filters;
    }

    @Override
    public void routes(Routes routes) {
        new ServerEndpoints(parts).addTo(routes);
        new LoginEndpoints(parts).addTo(routes);
        new DeviceEndpoints(parts).addTo(routes);
        new ProfileEndpoints(parts).addTo(routes);
        new AccountDataEndpoints(parts, accountData, filters).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "What a person's apps keep for them: settings, filters, encrypted secrets only they can open.",
                "As JSON; the secrets stay encrypted.",
                "With the account.");
    }
}
