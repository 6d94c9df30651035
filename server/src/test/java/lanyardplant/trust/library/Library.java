package lanyardplant.trust.library;

import javax.sql.DataSource;
import org.eclipse.jetty.server.Request;
import org.jdbi.v3.core.Handle;

/// Planted: a feature that goes past `platform.http` and `platform.db`.
public record Library(Request request, DataSource database, Handle handle) {}
