package guichet.intake.requests;

import guichet.intake.TestDatabase;
import guichet.intake.identity.Caller.SignedIn;
import guichet.policy.Plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tables of their own for a test. */
final class KeptRequests implements AutoCloseable {

    static final SignedIn ANA = person("ana", "ana@example.com");
    static final SignedIn BO = person("bo", "Bo@Example.com");

    private final RequestsDatabase database;
    private final RequestTable requests;
    private final ErasureTable erasures;
    private final ChangeWriter writer;
    private final Progress progress;

    private KeptRequests(RequestsDatabase database) {
        this.database = database;
        this.requests = new RequestTable(database);
        this.erasures = new ErasureTable(database);
        this.writer = new ChangeWriter(database, erasures);
        this.progress = new Progress(database, writer);
    }

    static KeptRequests open() throws InterruptedException {
        return open(TestDatabase.schema(), 1);
    }

    static KeptRequests open(String schema, int edition) throws InterruptedException {
        RequestsDatabase database =
                new RequestsDatabase(
                        new RequestsSettings(
                                TestDatabase.url(),
                                "postgres",
                                "",
                                schema,
                                edition,
                                Duration.ofSeconds(10)));
        database.start();
        if (!database.await()) {
            throw new IllegalStateException("closed");
        }
        return new KeptRequests(database);
    }

    static SignedIn person(String subject, @Nullable String email) {
        return new SignedIn(subject, null, email, Plan.BASIC);
    }

    RequestsDatabase database() {
        return database;
    }

    RequestTable requests() {
        return requests;
    }

    ErasureTable erasures() {
        return erasures;
    }

    ChangeWriter writer() {
        return writer;
    }

    Progress progress() {
        return progress;
    }

    Set<UUID> withoutRecord(Set<UUID> tickets, int partitions) {
        return new TicketRecords(database, () -> partitions).withoutRecord(tickets);
    }

    KnownRequest of(SignedIn person, String id) {
        return requests.find(id, person).orElseThrow();
    }

    /** Every row, as the columns say it. */
    List<Map<String, Object>> rows() {
        return database.ask(
                statements -> {
                    var rows =
                            statements.queryForList(
                                    "select r.*, array_to_string(copied, ' ') as copies from"
                                            + " request r order by id",
                                    Map.of());
                    rows.forEach(row -> row.remove("copied"));
                    rows.addAll(
                            statements.queryForList(
                                    "select * from step order by request_id, at, what", Map.of()));
                    rows.addAll(
                            statements.queryForList(
                                    "select id, ordered_at, ordered_by, people::text from erasure"
                                            + " order by id",
                                    Map.of()));
                    return rows;
                });
    }

    void clear() {
        database.change(
                statements ->
                        statements.update("truncate request, step, progress, erasure", Map.of()));
    }

    @Override
    public void close() throws InterruptedException {
        database.close();
    }
}
