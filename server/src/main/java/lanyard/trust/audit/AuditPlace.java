package lanyard.trust.audit;

/// Where an entry stands in the log, for whoever proves later that it is there.
public record AuditPlace(int slot, long index) {}
