package lanyard.governance.carerecord;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.platform.blob.Blobs;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;

/// What the care record stands on.
///
/// @param images where copies of pictures wait until the record has them
/// @param lists the directory, outside the database and its backups, where it is written down what the record has
public record CareRecordGround(
        Database database,
        Writer writer,
        KeyStore keys,
        Audit audit,
        InstantSource clock,
        SecureRandom random,
        Blobs images,
        Path lists) {}
