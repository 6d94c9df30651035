package lanyard.platform.notify;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes the requests that wait for news of a person. A hint carries no content: whoever wakes looks for itself.
public final class Wakes {
    private final Map<String, Bell> bells = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /// Something changed for this person.
    public void wake(String user) {
        var bell = bells.get(user);
        if (bell != null) {
            bell.ring();
        }
    }

    /// Something changed for everybody.
    public void wakeAll() {
        bells.values().forEach(Bell::ring);
    }

    /// Lets every parked request go, so that the server can stop.
    public void stop() {
        stopping = true;
        bells.values().forEach(Bell::ring);
    }

    public boolean stopping() {
        return stopping;
    }

    /// Registers before the caller looks, so that nothing rung between looking and waiting is missed.
    public Wait listen(String user) {
        return new Wait(user, bells.compute(user, (key, bell) -> (bell == null ? new Bell() : bell).joined()));
    }

    /// One waiting request.
    public final class Wait implements AutoCloseable {
        private final String user;
        private final Bell bell;
        private long heard;

        private Wait(String user, Bell bell) {
            this.user = user;
            this.bell = bell;
            this.heard = bell.rung();
        }

        /// Waits until the bell rings or `atMost` has passed; true when it rang.
        public boolean await(Duration atMost) throws InterruptedException {
            var now = bell.await(heard, atMost.toNanos());
            var rang = now != heard;
            heard = now;
            return rang && !stopping;
        }

        @Override
        public void close() {
            bells.computeIfPresent(user, (key, current) -> current.left() ? null : current);
        }
    }

    private static final class Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition rang = lock.newCondition();
        private long count;
        private int waiting;

        Bell joined() {
            waiting++;
            return this;
        }

        boolean left() {
            return --waiting == 0;
        }

        void ring() {
            lock.lock();
            try {
                count++;
                rang.signalAll();
            } finally {
                lock.unlock();
            }
        }

        long rung() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }

        long await(long heard, long nanos) throws InterruptedException {
            lock.lock();
            try {
                var deadline = System.nanoTime() + nanos;
                while (count == heard) {
                    var left = deadline - System.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    rang.awaitNanos(left);
                }
                return count;
            } finally {
                lock.unlock();
            }
        }
    }
}
