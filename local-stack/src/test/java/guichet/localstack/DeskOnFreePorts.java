package guichet.localstack;

import java.io.PrintWriter;

/** The command {@code desk}, except that it takes any ports and complains on standard output. */
final class DeskOnFreePorts {

    private DeskOnFreePorts() {}

    public static void main(String[] args) {
        System.exit(
                LocalStack.commands(Ports.free(), System.out)
                        .setErr(new PrintWriter(System.out, true))
                        .execute(args));
    }
}
