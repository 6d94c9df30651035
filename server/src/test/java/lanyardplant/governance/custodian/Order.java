package lanyardplant.governance.custodian;

/// Planted: what an unsealing begins with.
public record Order(String caseId) {}
