package lanyard;

import java.util.Set;
import lanyard.governance.custodian.OfficerFacts;
import lanyard.governance.disclosure.Cases;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Person;
import lanyard.trust.passkey.Passkeys;

/// What the custodian asks of a person who guards it, or is to.
record OfficersKnown(Identity identity, Passkeys passkeys, Cases cases) implements OfficerFacts {
    @Override
    public boolean isOfficer(UserId person) {
        return identity.duties().of(person).contains(Duty.CUSTODIAN_OFFICER);
    }

    @Override
    public boolean hasPasskey(UserId person, String credential) {
        return passkeys.find(credential)
                .filter(passkey -> passkey.user().equals(person))
                .isPresent();
    }

    @Override
    public boolean isNamedInOpenCase(UserId person) {
        return cases.isNamedInOpenCase(person);
    }

    @Override
    public Set<UserId> accountsOf(UserId person) {
        return identity.people().accountsOf(person);
    }

    @Override
    public String name(UserId person) {
        return identity.people().find(person).map(Person::displayName).orElseGet(person::localpart);
    }
}
