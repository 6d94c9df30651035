package lanyardplant.governance.shortcut;

import lanyardplant.governance.custodian.Order;

/// Planted: unseals what nobody approved.
public final class Shortcut {
    private Shortcut() {}

    static Order ofAnyCase(String caseId) {
        return new Order(caseId);
    }
}
