package lanyardplant.trust.upward;

/// Planted: a lower layer that uses a higher one.
public record Upward(lanyardplant.messaging.upward.Upward higher) {}
