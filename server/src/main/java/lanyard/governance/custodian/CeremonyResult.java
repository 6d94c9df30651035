package lanyard.governance.custodian;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/// What a ceremony leaves: the public part, the private parts sealed under keys that exist only as shares, and the
/// shares, to be sealed to their officers at once and kept nowhere else.
record CeremonyResult(
        String ceremony,
        CustodianPublic known,
        Map<YearMonth, byte[]> sealedAccounts,
        byte[] sealedIdentity,
        List<OfficerShare> shares) {
    CeremonyResult {
        sealedAccounts = Map.copyOf(sealedAccounts);
        shares = List.copyOf(shares);
    }

    @Override
    public String toString() {
        return "CeremonyResult[" + ceremony + ", hidden]";
    }
}
