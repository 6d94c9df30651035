/// The append-only, verifiable log of governance deeds (D16): salted Merkle leaves, signed checkpoints, a verifier.
@NullMarked
package lanyard.trust.audit;

import org.jspecify.annotations.NullMarked;
