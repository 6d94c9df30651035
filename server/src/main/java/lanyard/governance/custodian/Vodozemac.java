package lanyard.governance.custodian;

import de.connect2x.trixnity.vodozemac.VodozemacException;
import de.connect2x.trixnity.vodozemac.olm.Account;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Where Kotlin's vodozemac does not fit Java: two methods whose names an inline class has mangled
/// (`pickle-IZ_uHoA`, `fromPickle-mXAMHs8`), and a checked exception that no method declares.
final class Vodozemac {
    private static final Method PICKLE = mangled(Account.class, "pickle-", 1);
    private static final Method FROM_PICKLE = mangled(Account.Companion.getClass(), "fromPickle-", 2);

    private Vodozemac() {}

    /// The account's private state as text, encrypted with `key` (32 bytes) by vodozemac itself.
    static String pickle(Account account, byte[] key) {
        return (String) invoke(PICKLE, account, key);
    }

    static Account unpickle(String pickle, byte[] key) {
        return (Account) invoke(FROM_PICKLE, Account.Companion, pickle, key);
    }

    /// Empty when the cryptography says no: the message is damaged, replayed or for another session.
    static <T> Optional<T> attempt(Callable<T> step) {
        try {
            return Optional.of(step.call());
        } catch (VodozemacException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // Callable declares it; nothing else that is checked can come.
            throw new IllegalStateException(e);
        }
    }

    private static Method mangled(Class<?> type, String start, int parameters) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().startsWith(start)
                        && !method.getName().contains("$")
                        && method.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this vodozemac has no method " + start));
    }

    private static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("vodozemac refused", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
