package guichet.localstack.platform;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Asks whether a PostgreSQL is there. */
public final class PostgresProbe {

    private PostgresProbe() {}

    /**
     * Returns where it lets us in.
     *
     * @param jdbcUrl with {@code user} and {@code password} among its parameters; without, both are
     *     {@code guichet}
     * @throws IllegalStateException where it does not; the message says why
     */
    public static void check(String jdbcUrl) {
        try {
            DriverManager.getConnection(jdbcUrl, "guichet", "guichet").close();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not let the desk in: "
                            + e.getMessage()
                            + "; --database wants"
                            + " jdbc:postgresql://<host>/<database>?user=…&password=…",
                    e);
        }
    }
}
