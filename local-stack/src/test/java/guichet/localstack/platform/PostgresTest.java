package guichet.localstack.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class PostgresTest {

    @TempDir Path folder;

    @Test
    void keepsItsDataFromOneRunToTheNext() throws Exception {
        try (Postgres first = Postgres.start(folder.resolve("data"))) {
            PostgresProbe.check(first.jdbcUrl());
            write(first.jdbcUrl());
        }

        try (Postgres second = Postgres.start(folder.resolve("data"))) {
            assertThat(read(second.jdbcUrl())).isEqualTo(1);
        }
    }

    @Test
    void goesOnAfterItsParentWasKilled() throws Exception {
        String forgotten;
        try (ChildJvm parent = ChildJvm.run(PostgresParent.class, folder.toString())) {
            forgotten = parent.lineAfter(PostgresParent.SAYS);
            write(forgotten);
            parent.kill();
        }

        try (Postgres second = Postgres.start(folder)) {
            assertThat(read(second.jdbcUrl())).isEqualTo(1);
            assertThatCode(() -> read(forgotten)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void leavesAloneWhoHasTheNumberOfAServerThatIsGone() throws Exception {
        Path data = folder.resolve("data");
        Postgres.start(data).close();
        try (Postgres other = Postgres.start(folder.resolve("other"))) {
            write(other.jdbcUrl());
            String number = Files.readAllLines(folder.resolve("other/postmaster.pid")).getFirst();
            Files.writeString(data.resolve("postmaster.pid"), number + "\n" + data + "\n");

            try (Postgres second = Postgres.start(data)) {
                PostgresProbe.check(second.jdbcUrl());
                assertThat(read(other.jdbcUrl())).isEqualTo(1);
            }
        }
    }

    @Test
    void beginsAgainWhereItsMakingWasCutShort() throws Exception {
        Files.writeString(folder.resolve("PG_VERSION"), "17\n");
        Files.writeString(folder.resolve("postgresql.conf"), "");
        Files.createDirectories(folder.resolve("base/1"));

        try (Postgres server = Postgres.start(folder)) {
            PostgresProbe.check(server.jdbcUrl());
        }
    }

    @Test
    void needsNoLocaleAndKeepsItsFilesWhole() throws Exception {
        try (Postgres server = Postgres.start(folder)) {
            assertThat(
                            ask(
                                    server.jdbcUrl(),
                                    "select datcollate from pg_database where datname = 'postgres'"))
                    .isEqualTo("C");
            assertThat(ask(server.jdbcUrl(), "show fsync")).isEqualTo("on");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PostgresProbe.check("jdbc:postgresql://localhost:1/guichet"))
                .withMessageContaining("localhost:1")
                .withMessageContaining("--database");
    }

    private static void write(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (n int)");
            statement.execute("set synchronous_commit = on");
            statement.execute("insert into kept values (1)");
        }
    }

    private static String ask(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int read(String url) throws SQLException {
        return Integer.parseInt(ask(url, "select n from kept"));
    }
}
