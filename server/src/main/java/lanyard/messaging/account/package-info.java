/// A person's own corner of the Matrix client-server API: login, profile, devices, account data, filters, push rules.
@NullMarked
package lanyard.messaging.account;

import org.jspecify.annotations.NullMarked;
