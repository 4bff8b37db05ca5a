package guichet.localstack.console;

/** What a line is about; decides its colour. */
enum Kind {
    ARRIVED(36),
    QUEUED(34),
    OFFERED(94),
    SERVED(37),
    AGENT(90),
    MET(32),
    WARNING(33),
    BREACHED(31),
    CONVERTED(35),
    DEAD_LETTER(91),
    STATUS(1);

    private final int ansi;

    Kind(int ansi) {
        this.ansi = ansi;
    }

    String paint(String text) {
        return "\u001b[" + ansi + "m" + text + "\u001b[0m";
    }
}
