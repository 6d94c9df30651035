/// One sequential writer a node: everything durable is committed in batches, in one order.
@NullMarked
package lanyard.platform.stream;

import org.jspecify.annotations.NullMarked;
