/// A person's account as Matrix clients see it: versions, login, devices, profile, account data, filters, push rules.
@NullMarked
package lanyard.messaging.account;

import org.jspecify.annotations.NullMarked;
