package lanyard.governance.custodian;

/// Two different officers of one ceremony, together. One officer, the same one twice, or officers of two ceremonies
/// do not make one.
record TwoOfficers(OfficerShare one, OfficerShare other) {
    TwoOfficers {
        var first = one.holder();
        var second = other.holder();
        if (!first.ceremony().equals(second.ceremony()) || !first.organization().equals(second.organization())) {
            throw new CustodianRefusal("These two shares come from different ceremonies and do not fit together.");
        }
        if (first.officer() == second.officer()) {
            throw new CustodianRefusal("Both shares belong to officer " + first.officer()
                    + ". It takes two different officers to open a case.");
        }
    }

    String ceremony() {
        return one.holder().ceremony();
    }

    byte[] key(String what) {
        return SplitKey.join(one.part(what), other.part(what));
    }
}
