package lanyard.platform.http;

import lanyard.standards.matrix.MatrixException;

/// What people see in place of JSON when something under their path is refused or has failed. A form that was sent can
/// be read again from the exchange, so that nothing typed is lost.
@FunctionalInterface
public interface RefusalPage {
    Reply draw(Exchange exchange, MatrixException refusal);
}
