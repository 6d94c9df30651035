package lanyard.messaging.account;

import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;

/// A person's account as Matrix clients see it; push rules are kept here as account data. Owns `account_data` and
/// `filter` and
/// `profile_field`.
public final class Account implements Feature {
    private final AccountParts parts;
    private final AccountData accountData;
    private final Filters filters;
    private final Profiles profiles;
    private final OpenIds openIds;

    public Account(AccountParts parts) {
        this.parts = parts;
        var store = new AccountDataStore();
        this.accountData = new AccountData(parts, store);
        this.filters = new Filters(parts, store);
        this.profiles = new Profiles(parts);
        this.openIds = new OpenIds(parts.given());
        parts.identity().newDevices().whenChanged(this::newDevices);
    }

    /// Wakes the person's apps, which then ask.
    private void newDevices(Commit commit, UserId user) {
        var content = Json.object().put("ts", parts.given().clock().millis());
        accountData.put(commit, user, "org.lanyard.new_devices", content);
    }

    public AccountData accountData() {
        return accountData;
    }

    public Filters filters() {
        return filters;
    }

    public Profiles profiles() {
        return profiles;
    }

    public OpenIds openIds() {
        return openIds;
    }

    @Override
    public void routes(Routes routes) {
        new ServerEndpoints(parts).addTo(routes);
        new LoginEndpoints(parts).addTo(routes);
        new DeviceEndpoints(parts).addTo(routes);
        new ProfileEndpoints(parts, profiles).addTo(routes);
        new PasswordEndpoints(parts).addTo(routes);
        new ModerationEndpoints(parts).addTo(routes);
        new ServiceEndpoints(parts, openIds).addTo(routes);
        new AccountDataEndpoints(parts, accountData, filters).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "What a person's apps keep for them: settings, filters, encrypted secrets only they can open;"
                        + " what they say of themselves in their profile.",
                "As JSON; the secrets stay encrypted.",
                "With the account.");
    }
}
