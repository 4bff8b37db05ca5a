package guichet.intake.requests;

import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.identity.Pseudonyms;
import guichet.intake.requests.MeasuredWaits.Queue;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.schemas.Topic;
import guichet.schemas.Topics;

import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tables of requests, which know people by pseudonyms. */
final class RequestStore implements Readers, ErasedRequests {

    private static final String MINE =
            "(customer = :customer or copied @> array[cast(:email as text)])";

    /** Of an erasure e: what was sent until it was ordered may not all have been read. */
    private static final String NOT_READ_SINCE =
            """
            exists (select 1 from progress p
              where p.topic in (:channels) and coalesce(p.current_at <= e.ordered_at, true))""";

    private static final List<String> CHANNELS =
            Topics.CHANNEL_TOPICS.stream().map(Topic::name).toList();

    private final RequestsDatabase database;
    private volatile Runnable whenErased = () -> {};

    RequestStore(RequestsDatabase database) {
        this.database = database;
    }

    /**
     * How far one partition has been read.
     *
     * @param from what stands in the table
     * @param to what is to stand there: the offset of the next record
     */
    record Advance(TopicPartition partition, long from, long to) {}

    /**
     * Applies changes, all or none.
     *
     * @throws RequestsUnavailable where the database does not answer
     * @throws RefusedData where it does not take one of them
     */
    void apply(List<Change> changes) {
        if (database.change(statements -> ChangeWriter.write(statements, changes))) {
            whenErased.run();
        }
    }

    /**
     * Applies what was read of some partitions and notes how far they have been read, all or none.
     *
     * @return false where somebody else has moved one of them meanwhile; then nothing is done
     * @throws RequestsUnavailable where the database does not answer
     * @throws RefusedData where it does not take one of the changes
     */
    boolean apply(List<Change> changes, Collection<Advance> advances) {
        try {
            boolean erased =
                    database.change(
                            statements -> {
                                advance(statements, advances);
                                return ChangeWriter.write(statements, changes);
                            });
            if (erased) {
                whenErased.run();
            }
            return true;
        } catch (Overtaken overtaken) {
            return false;
        }
    }

    /**
     * Where to go on reading a partition; noted as the beginning where it is not known.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    long nextOffset(TopicPartition partition) {
        MapSqlParameterSource place = place(partition);
        return database.change(
                statements -> {
                    statements.update(
                            "insert into progress (topic, partition, next_offset) values"
                                    + " (:topic, :partition, 0) on conflict do nothing",
                            place);
                    return Objects.requireNonNull(
                            statements.queryForObject(
                                    "select next_offset from progress where topic = :topic and"
                                            + " partition = :partition",
                                    place,
                                    Long.class));
                });
    }

    /**
     * A request that a person may see; the same question for one of somebody else and for one that
     * does not exist.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    Optional<KnownRequest> find(String id, SignedIn person) {
        return one(
                "select *, customer = :customer as own from request where id = :id and " + MINE,
                as(person).addValue("id", Changes.plain(id), Types.VARCHAR));
    }

    @Override
    public boolean maySee(UUID ticketId, SignedIn person) {
        return find(ticketId.toString(), person).isPresent();
    }

    /**
     * Requests of a person and those the person is copied on, newest first; at most one more than
     * the limit, which tells that there are more.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    List<KnownRequest> list(Selection selection, SignedIn person) {
        MapSqlParameterSource values = as(person).addValue("limit", selection.limit() + 1);
        StringBuilder conditions = new StringBuilder();
        RequestState state = selection.state();
        if (state != null) {
            conditions.append(" and state = :state");
            values.addValue("state", state.name());
        }
        Channel channel = selection.channel();
        if (channel != null) {
            conditions.append(" and channel = :channel");
            values.addValue("channel", channel.name());
        }
        Cursor after = selection.after();
        if (after != null) {
            conditions.append(" and (created_at, id) < (:createdAt, :id)");
            values.addValue("createdAt", Columns.time(after.createdAt()));
            values.addValue("id", after.id());
        }
        String newest = conditions + " order by created_at desc, id desc limit :limit";
        String own = "(select *, true as own from request where customer = :customer" + newest;
        String copied =
                "(select *, false as own from request where customer <> :customer and copied"
                        + " @> array[cast(:email as text)]"
                        + newest;
        return many(
                own + ") union all " + copied + ") order by created_at desc, id desc limit :limit",
                values);
    }

    /**
     * What happened to a request more than once.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    List<Step> steps(String id) {
        return database.ask(
                statements ->
                        statements.query(
                                "select at, what, due from step where request_id = :id",
                                new MapSqlParameterSource("id", id),
                                (row, number) ->
                                        new Step(
                                                Columns.time(row, "at"),
                                                StepKind.valueOf(row.getString("what")),
                                                Columns.timeOrNull(row, "due"))));
    }

    /**
     * Notes that partitions have just been read to their ends.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    void current(Collection<TopicPartition> partitions) {
        database.change(
                statements ->
                        statements.batchUpdate(
                                "update progress set current_at = now() where topic = :topic and"
                                        + " partition = :partition",
                                partitions.stream()
                                        .sorted(Comparator.comparing(TopicPartition::toString))
                                        .map(RequestStore::place)
                                        .toArray(SqlParameterSource[]::new)));
    }

    /**
     * Whether the erasures have once been read to their end, so that who is erased is known when a
     * request is read.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    boolean knowsErasures() {
        return database.change(
                statements ->
                        Boolean.TRUE.equals(
                                statements.queryForObject(
                                        "select coalesce(bool_and(current_at is not null), false)"
                                                + " from progress where topic = :topic",
                                        new MapSqlParameterSource("topic", Topics.ERASURES.name()),
                                        Boolean.class)));
    }

    /** This copy has more to read than before: the one that read it may have left remains. */
    void tookOver() {
        whenErased.run();
    }

    @Override
    public void whenErased(Runnable something) {
        whenErased = something;
    }

    @Override
    public List<Erasure> erasures(int most) {
        return database.ask(
                statements ->
                        statements.query(
                                """
                                select e.id, e.ordered_at, e.ordered_by, count(r.id) as requests,
                                  coalesce(bool_and(r.cleared), true) and not %s as done
                                from erasure e left join request r on r.erasure = e.id
                                group by e.id order by e.ordered_at desc, e.id limit :most"""
                                        .formatted(NOT_READ_SINCE),
                                new MapSqlParameterSource("most", most)
                                        .addValue("channels", CHANNELS),
                                (row, number) ->
                                        new Erasure(
                                                row.getString("id"),
                                                Columns.time(row, "ordered_at"),
                                                row.getString("ordered_by"),
                                                row.getInt("requests"),
                                                row.getBoolean("done"))));
    }

    @Override
    public List<Remains> remains(int most) {
        return database.ask(
                statements ->
                        statements.query(
                                "select id, channel, ended_at is null as open from request where"
                                        + " erasure is not null and not cleared order by id limit"
                                        + " :most",
                                new MapSqlParameterSource("most", most),
                                (row, number) ->
                                        new Remains(
                                                row.getString("id"),
                                                Channel.valueOf(row.getString("channel")),
                                                row.getBoolean("open"))));
    }

    @Override
    public boolean mayRemainUnread() {
        return database.ask(
                statements ->
                        Boolean.TRUE.equals(
                                statements.queryForObject(
                                        "select exists (select 1 from erasure e where %s)"
                                                .formatted(NOT_READ_SINCE),
                                        new MapSqlParameterSource("channels", CHANNELS),
                                        Boolean.class)));
    }

    @Override
    public void cleared(String id) {
        database.change(
                statements ->
                        statements.update(
                                "update request set cleared = true where id = :id",
                                new MapSqlParameterSource("id", id)));
    }

    /**
     * The oldest callback of a customer to a number that nobody has called yet, before others one
     * that has a due; none where callbacks have not been read to their ends a moment ago, as it may
     * be over by now.
     *
     * @param since how old it may be
     * @throws RequestsUnavailable where the database does not answer
     */
    Optional<KnownRequest> waitingCall(String customerId, String phoneNumber, Instant since) {
        return one(
                "select *, true as own from request where customer = :customer and phone_number"
                        + " = :number and created_at > :since and state in ('WAITING', 'ASSIGNED')"
                        + " and exists (select 1 from progress where topic = :topic)"
                        + " and not exists (select 1 from progress where topic = :topic and"
                        + " coalesce(current_at < now() - interval '5 seconds', true))"
                        + " order by due is null, created_at, id limit 1",
                new MapSqlParameterSource("customer", Pseudonyms.ofCustomer(customerId))
                        .addValue("number", phoneNumber)
                        .addValue("topic", Topics.CALLBACKS.name())
                        .addValue("since", Columns.time(since)));
    }

    /**
     * When a contact began that is not erased; none where the tables do not have it.
     *
     * @param since how long ago that may be
     * @throws RequestsUnavailable where the database does not answer
     */
    Optional<Instant> createdAt(UUID contactId, Instant since) {
        return database.ask(
                statements ->
                        statements
                                .query(
                                        "select created_at from request where id = :id and erasure"
                                                + " is null and created_at > :since",
                                        new MapSqlParameterSource("id", contactId.toString())
                                                .addValue(
                                                        "since", Columns.time(since), Columns.TIME),
                                        (row, number) -> Columns.time(row, "created_at"))
                                .stream()
                                .findFirst());
    }

    /**
     * The median wait of those whom agents took since an instant, by queue.
     *
     * @throws RequestsUnavailable where the database does not answer
     */
    Map<Queue, Duration> waits(Instant since) {
        return database.ask(
                statements ->
                        statements
                                .query(
                                        """
                                        select language, channel, percentile_disc(0.5) within group (
                                            order by extract(epoch from assigned_at - created_at)) as seconds
                                        from request where assigned_at > :since and created_at <= assigned_at
                                          and language in ('en', 'pt', 'es')
                                        group by language, channel""",
                                        new MapSqlParameterSource()
                                                .addValue(
                                                        "since", Columns.time(since), Columns.TIME),
                                        (row, number) ->
                                                Map.entry(
                                                        new Queue(
                                                                Language.ofTag(
                                                                                row.getString(
                                                                                        "language"))
                                                                        .orElseThrow(),
                                                                Channel.valueOf(
                                                                        row.getString("channel"))),
                                                        Duration.ofSeconds(row.getLong("seconds"))))
                                .stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * Those of some tickets that no record has told of. One statement, so that no other can empty
     * the tables between its two questions.
     *
     * @param partitions how many the topic of tickets has
     * @return none at all where not each of them was read to its end within the last minute
     * @throws RequestsUnavailable where the database does not answer
     */
    Set<UUID> withoutRecord(Set<UUID> tickets, int partitions) {
        MapSqlParameterSource values =
                new MapSqlParameterSource(
                                "ids",
                                tickets.stream()
                                        .map(UUID::toString)
                                        .collect(Collectors.joining("\n")))
                        .addValue("topic", Topics.TICKETS.name())
                        .addValue("partitions", partitions);
        return database.ask(
                statements ->
                        Set.copyOf(
                                statements.query(
                                        """
                                        select id from string_to_table(:ids, chr(10)) as id
                                        where not exists (select 1 from request where request.id = id.id)
                                          and :partitions = (select count(*) from progress
                                            where topic = :topic and current_at > now() - interval '1 minute')""",
                                        values,
                                        (row, number) -> UUID.fromString(row.getString("id")))));
    }

    private static final class Overtaken extends RuntimeException {

        Overtaken() {
            super("somebody else reads the partition", null, false, false);
        }
    }

    private static MapSqlParameterSource place(TopicPartition partition) {
        return new MapSqlParameterSource("topic", partition.topic())
                .addValue("partition", partition.partition());
    }

    private static void advance(
            NamedParameterJdbcTemplate statements, Collection<Advance> advances) {
        int[] moved =
                statements.batchUpdate(
                        "update progress set next_offset = :to where topic = :topic and partition ="
                                + " :partition and next_offset = :from",
                        advances.stream()
                                .sorted(
                                        Comparator.comparing(
                                                (Advance it) -> it.partition().toString()))
                                .map(
                                        it ->
                                                place(it.partition())
                                                        .addValue("from", it.from())
                                                        .addValue("to", it.to()))
                                .toArray(SqlParameterSource[]::new));
        for (int rows : moved) {
            if (rows != 1) {
                throw new Overtaken();
            }
        }
    }

    private static MapSqlParameterSource as(SignedIn person) {
        return new MapSqlParameterSource("customer", Pseudonyms.ofCustomer(person.subject()))
                .addValue("email", Columns.pseudonym(person.email()), Types.VARCHAR);
    }

    private Optional<KnownRequest> one(String question, SqlParameterSource values) {
        return many(question, values).stream().findFirst();
    }

    private List<KnownRequest> many(String question, SqlParameterSource values) {
        return database.ask(
                statements -> statements.query(question, values, RequestStore::request));
    }

    private static KnownRequest request(ResultSet row, int number) throws SQLException {
        String language = row.getString("language");
        return new KnownRequest(
                row.getString("id"),
                row.getBoolean("own"),
                RequestState.valueOf(row.getString("state")),
                Channel.valueOf(row.getString("channel")),
                Plan.valueOf(row.getString("plan")),
                language == null ? null : Language.ofTag(language).orElse(null),
                row.getString("subject"),
                Columns.time(row, "created_at"),
                Columns.timeOrNull(row, "due"),
                Columns.timeOrNull(row, "answered_at"),
                Columns.timeOrNull(row, "ended_at"),
                Columns.timeOrNull(row, "converted_at"),
                row.getString("converted_from"),
                row.getString("converted_to"));
    }
}
