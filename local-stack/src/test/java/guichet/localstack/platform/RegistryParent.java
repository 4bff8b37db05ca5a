package guichet.localstack.platform;

import java.nio.file.Path;

/** A process that has a registry and waits to be killed. */
final class RegistryParent {

    static final String SAYS = "Registry runs as ";

    private RegistryParent() {}

    public static void main(String[] args) throws Exception {
        RegistryProcess registry = RegistryProcess.start(Path.of(args[0]), 0);
        System.out.println(SAYS + registry.pid());
        Thread.currentThread().join();
    }
}
