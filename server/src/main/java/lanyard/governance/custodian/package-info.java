/// The sealed records custodian (D3): a visible member of every encrypted room whose devices never go online and whose
/// private keys two officers open together, for one approved case, in an isolated worker.
@NullMarked
package lanyard.governance.custodian;

import org.jspecify.annotations.NullMarked;
