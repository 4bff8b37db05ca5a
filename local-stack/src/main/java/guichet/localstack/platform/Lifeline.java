package guichet.localstack.platform;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class in a child JVM whose life hangs on its standard input. The parent holds
 * the other end; the system closes it when the parent ends, however it ends, and this JVM then ends
 * too. So a parent killed with SIGKILL leaves no orphan that holds a port.
 */
final class Lifeline {

    private Lifeline() {}

    public static void main(String[] args) throws Throwable {
        Thread.ofPlatform().daemon().name("lifeline").start(Lifeline::exitWhenCut);
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void exitWhenCut() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // A broken pipe is a cut one.
        }
        System.exit(0);
    }
}
