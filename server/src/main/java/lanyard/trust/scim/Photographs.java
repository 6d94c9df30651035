package lanyard.trust.scim;

import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.UserId;

/// Where photos of staff are kept.
public interface Photographs {
    /// The picture small enough for a face, without its metadata. Takes its time: never within a deed. Errors: those of
    /// the decoder of pictures.
    byte[] small(byte[] picture);

    void put(Commit commit, UserId user, byte[] small, String by);

    void takeAway(Commit commit, UserId user, String by);
}
