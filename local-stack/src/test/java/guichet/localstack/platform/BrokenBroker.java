package guichet.localstack.platform;

/** A broker in a process that says whether it ends in order. */
final class BrokenBroker {

    static final String STOPS = "The process stops";

    private BrokenBroker() {}

    public static void main(String[] args) {
        System.setErr(System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(STOPS)));
        KafkaBroker.main(args);
    }
}
