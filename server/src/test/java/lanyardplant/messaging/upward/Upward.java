package lanyardplant.messaging.upward;

/// Planted: a lower layer that uses a higher one.
public record Upward(lanyardplant.governance.upward.Upward higher) {}
