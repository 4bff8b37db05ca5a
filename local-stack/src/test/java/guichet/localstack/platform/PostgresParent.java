package guichet.localstack.platform;

import java.nio.file.Path;

/** A process that has a PostgreSQL and waits to be killed. */
final class PostgresParent {

    static final String SAYS = "PostgreSQL serves ";

    private PostgresParent() {}

    public static void main(String[] args) throws Exception {
        Postgres postgres = Postgres.start(Path.of(args[0]));
        System.out.println(SAYS + postgres.jdbcUrl());
        Thread.currentThread().join();
    }
}
