package lanyard.governance.custodian;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.standards.matrix.UserId;

/// What a ceremony is to make: whose custodian, from which month, guarded by whom.
public record CeremonyOrder(
        String organization, UserId custodian, YearMonth first, List<Officer> officers, Instant at) {
    public static final int MONTHS = 12;

    /// The same without what opens the shares: `officers` are names.
    record Making(String organization, UserId custodian, YearMonth first, List<String> officers) {
        Making {
            officers = List.copyOf(officers);
        }
    }

    Making making() {
        return new Making(
                organization,
                custodian,
                first,
                officers.stream().map(Officer::name).toList());
    }

    public CeremonyOrder {
        officers = List.copyOf(officers);
        if (officers.size() != SplitKey.OFFICERS) {
            throw new CustodianRefusal("A ceremony needs three officers: two of them will open, one is the spare.");
        }
        if (distinct(officers).size() != SplitKey.OFFICERS) {
            throw new CustodianRefusal("The three officers must be three different people.");
        }
    }

    private static Set<String> distinct(List<Officer> officers) {
        return officers.stream().map(officer -> officer.name().strip()).collect(Collectors.toSet());
    }
}
