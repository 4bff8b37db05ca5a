package guichet.intake.requests;

import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.identity.Pseudonyms;
import guichet.intake.requests.MeasuredWaits.Queue;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.schemas.Topics;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The tables of requests, which know people by pseudonyms. */
final class RequestStore implements Readers, ErasedRequests {

    private static final String MINE =
            "(customer = :customer or copied @> array[cast(:email as text)])";

    /** Those that began until an erasure, and tickets made of such. */
    private static final String UNTIL_THEN =
            """
            (r.created_at <= e.ordered_at or exists (
              select 1 from request o where o.id = r.converted_from and o.created_at <= e.ordered_at))""";

    private static final String ERASE_OWN =
            """
            update request r set customer = null, address = null, subject = null, phone_number = null,
              copied = '{}', erasure = e.id, cleared = false
            from erasure e
            where r.erasure is null and (r.customer = any (e.people) or r.address = any (e.people))
              and %s"""
                    .formatted(UNTIL_THEN);

    private static final String ERASE_COPIED =
            """
            update request r set copied = array(select who from unnest(r.copied) as who where not exists (
              select 1 from erasure e where who = any (e.people) and %1$s))
            where exists (select 1 from erasure e where e.people && r.copied and %1$s)"""
                    .formatted(UNTIL_THEN);

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
        AtomicBoolean erased = new AtomicBoolean();
        database.change(statements -> erased.set(write(statements, changes)));
        if (erased.get()) {
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
        AtomicBoolean erased = new AtomicBoolean();
        try {
            database.change(
                    statements -> {
                        advance(statements, advances);
                        erased.set(write(statements, changes));
                    });
            if (erased.get()) {
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
        database.change(
                statements ->
                        statements.update(
                                "insert into progress (topic, partition, next_offset) values"
                                        + " (:topic, :partition, 0) on conflict do nothing",
                                place));
        return database.ask(
                statements ->
                        Objects.requireNonNull(
                                statements.queryForObject(
                                        "select next_offset from progress where topic = :topic and"
                                                + " partition = :partition",
                                        place,
                                        Long.class)));
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
            values.addValue("createdAt", time(after.createdAt()));
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
                                                time(row, "at"),
                                                StepKind.valueOf(row.getString("what")),
                                                timeOrNull(row, "due"))));
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
        return database.ask(
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
                                  coalesce(bool_and(r.cleared), true) as done
                                from erasure e left join request r on r.erasure = e.id
                                group by e.id order by e.ordered_at desc, e.id limit :most""",
                                new MapSqlParameterSource("most", most),
                                (row, number) ->
                                        new Erasure(
                                                row.getString("id"),
                                                time(row, "ordered_at"),
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
    public void cleared(String id) {
        database.change(
                statements ->
                        statements.update(
                                "update request set cleared = true where id = :id",
                                new MapSqlParameterSource("id", id)));
    }

    /**
     * The oldest callback of a customer to a number that nobody has called yet; none where
     * callbacks have not been read to their ends a moment ago, as it may be over by now.
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
                        + " order by created_at, id limit 1",
                new MapSqlParameterSource("customer", Pseudonyms.ofCustomer(customerId))
                        .addValue("number", phoneNumber)
                        .addValue("topic", Topics.CALLBACKS.name())
                        .addValue("since", time(since)));
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
                                                .addValue("since", time(since), TIME),
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

    /**
     * Whoever writes locks the rows first, in the order of their ids, so that no two wait for each
     * other; then each kind of change is one batch. Whoever erases waits until nobody else writes,
     * and lets nobody until it is done: what it did not see would stay.
     *
     * @return whether requests were erased
     */
    private static boolean write(NamedParameterJdbcTemplate statements, List<Change> changes) {
        if (changes.isEmpty()) {
            return false;
        }
        if (changes.stream().anyMatch(Change.Erased.class::isInstance)) {
            statements.getJdbcTemplate().execute("lock table request in share row exclusive mode");
        }
        lock(
                statements,
                changes.stream()
                        .filter(change -> !(change instanceof Change.Erased))
                        .map(Change::id)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("\n")));
        Map<String, List<SqlParameterSource>> batches = new LinkedHashMap<>();
        for (Change change : changes) {
            batches.computeIfAbsent(statement(change), sql -> new ArrayList<>())
                    .add(values(change));
        }
        batches.forEach(
                (sql, rows) ->
                        statements.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new)));
        return erase(statements, changes);
    }

    private static void lock(NamedParameterJdbcTemplate statements, String ids) {
        if (ids.isEmpty()) {
            return;
        }
        MapSqlParameterSource all = new MapSqlParameterSource("ids", ids);
        statements.update(
                """
                insert into request (id)
                select id collate "C" as id from string_to_table(:ids, chr(10)) as id order by 1
                on conflict do nothing""",
                all);
        statements.queryForList(
                """
                select 1 from request where id = any (string_to_array(:ids, chr(10))) order by id for update""",
                all,
                Integer.class);
    }

    /** What has just begun here for those who are erased, and all of those who just were. */
    private static boolean erase(NamedParameterJdbcTemplate statements, List<Change> changes) {
        int erased = 0;
        String begun =
                changes.stream()
                        .filter(Change.Begun.class::isInstance)
                        .map(Change::id)
                        .distinct()
                        .collect(Collectors.joining("\n"));
        if (!begun.isEmpty()) {
            MapSqlParameterSource ids = new MapSqlParameterSource("ids", begun);
            String these = "r.id = any (string_to_array(:ids, chr(10)))";
            String andTickets =
                    " and (%s or r.converted_from = any (string_to_array(:ids, chr(10))))"
                            .formatted(these);
            // One that is sent again may have brought its files again.
            erased +=
                    statements.update(
                            "update request r set cleared = false where erasure is not null and "
                                    + these,
                            ids);
            erased += statements.update(ERASE_OWN + andTickets, ids);
            statements.update(ERASE_COPIED + andTickets, ids);
        }
        for (Change change : changes) {
            if (change instanceof Change.Erased erasure) {
                MapSqlParameterSource values =
                        new MapSqlParameterSource("id", erasure.id())
                                .addValue("people", String.join("\n", erasure.people()));
                erased += statements.update(ERASE_OWN + " and e.id = :id", values);
                statements.update(
                        ERASE_COPIED + " and r.copied && string_to_array(:people, chr(10))",
                        values);
            }
        }
        return erased > 0;
    }

    private static String statement(Change change) {
        return switch (change) {
            case Change.Begun begun ->
                    """
                    update request set first_offset = :offset, customer = :customer, address = :address, channel = :channel, plan = :plan,
                      subject = :subject, created_at = :createdAt, phone_number = :phoneNumber,
                      copied = coalesce(string_to_array(nullif(:copied, ''), chr(10)), '{}'),
                      converted_from = :convertedFrom, erasure = null, cleared = false
                    where id = :id and (first_offset is null or first_offset > :offset)""";
            case Change.Mentioned mentioned ->
                    // Its row is there by now.
                    "update request set id = id where id = :id";
            case Change.Promised promised ->
                    """
                    update request set language = coalesce(language, :language), due = coalesce(due, :due)
                    where id = :id""";
            case Change.Queued queued -> "update request set language = :language where id = :id";
            case Change.Due due ->
                    """
                    update request set due = :due, due_offset = :offset
                    where id = :id and (due_offset is null or due_offset < :offset)""";
            case Change.Assigned assigned ->
                    "update request set assigned_at = greatest(assigned_at, :at) where id = :id";
            case Change.Released released ->
                    "update request set released_at = greatest(released_at, :at) where id = :id";
            case Change.Answered answered ->
                    "update request set answered_at = least(answered_at, :at) where id = :id";
            case Change.Ended ended ->
                    // Of two ends of one instant the customer's counts, whichever comes first.
                    """
                    update request set ended_at = :at, ended_by = :endedBy
                    where id = :id and (ended_at is null or ended_at > :at
                      or (ended_at = :at and :endedBy = 'CUSTOMER'))""";
            case Change.Converted converted ->
                    """
                    update request set converted_at = :at, converted_to = :ticketId
                    where id = :id and (converted_at is null or converted_at > :at)""";
            case Change.Stepped stepped ->
                    """
                    insert into step values (:id, :at, :what, :due)
                    on conflict (request_id, at, what) do update set due = greatest(step.due, excluded.due)""";
            case Change.Erased erased ->
                    """
                    insert into erasure values (:id, :at, :orderedBy, string_to_array(:people, chr(10)))
                    on conflict (id) do update set ordered_at = excluded.ordered_at, ordered_by = excluded.ordered_by
                    where erasure.ordered_at < excluded.ordered_at""";
        };
    }

    private static SqlParameterSource values(Change change) {
        MapSqlParameterSource values =
                new MapSqlParameterSource().addValue("id", change.id(), Types.VARCHAR);
        return switch (change) {
            case Change.Begun it ->
                    values.addValue("offset", it.offset())
                            .addValue(
                                    "customer",
                                    Pseudonyms.ofCustomer(it.customerId()),
                                    Types.VARCHAR)
                            .addValue("address", pseudonym(it.email()), Types.VARCHAR)
                            .addValue("channel", it.channel().name(), Types.VARCHAR)
                            .addValue("plan", it.plan().name(), Types.VARCHAR)
                            .addValue("subject", it.subject(), Types.VARCHAR)
                            .addValue("createdAt", time(it.createdAt()), TIME)
                            .addValue("phoneNumber", it.phoneNumber(), Types.VARCHAR)
                            .addValue(
                                    "copied",
                                    it.copiedTo().stream()
                                            .map(Pseudonyms::ofAddress)
                                            .collect(Collectors.joining("\n")),
                                    Types.VARCHAR)
                            .addValue("convertedFrom", it.convertedFrom(), Types.VARCHAR);
            case Change.Mentioned it -> values;
            case Change.Promised it ->
                    values.addValue("language", it.language(), Types.VARCHAR)
                            .addValue("due", timeOrNull(it.due()), TIME);
            case Change.Queued it -> values.addValue("language", it.language(), Types.VARCHAR);
            case Change.Due it ->
                    values.addValue("offset", it.offset()).addValue("due", time(it.due()), TIME);
            case Change.Assigned it -> values.addValue("at", time(it.at()), TIME);
            case Change.Released it -> values.addValue("at", time(it.at()), TIME);
            case Change.Answered it -> values.addValue("at", time(it.at()), TIME);
            case Change.Ended it ->
                    values.addValue("at", time(it.at()), TIME)
                            .addValue(
                                    "endedBy",
                                    it.byCustomer() ? "CUSTOMER" : "DESK",
                                    Types.VARCHAR);
            case Change.Converted it ->
                    values.addValue("at", time(it.at()), TIME)
                            .addValue("ticketId", it.ticketId(), Types.VARCHAR);
            case Change.Stepped it ->
                    values.addValue("at", time(it.at()), TIME)
                            .addValue("what", it.what().name(), Types.VARCHAR)
                            .addValue("due", timeOrNull(it.due()), TIME);
            case Change.Erased it ->
                    values.addValue("at", time(it.orderedAt()), TIME)
                            .addValue("orderedBy", it.orderedBy(), Types.VARCHAR)
                            .addValue("people", String.join("\n", it.people()), Types.VARCHAR);
        };
    }

    private static final int TIME = Types.TIMESTAMP_WITH_TIMEZONE;

    private static MapSqlParameterSource as(SignedIn person) {
        return new MapSqlParameterSource("customer", Pseudonyms.ofCustomer(person.subject()))
                .addValue("email", pseudonym(person.email()), Types.VARCHAR);
    }

    private static @Nullable String pseudonym(@Nullable String email) {
        return email == null ? null : Pseudonyms.ofAddress(email);
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
                time(row, "created_at"),
                timeOrNull(row, "due"),
                timeOrNull(row, "answered_at"),
                timeOrNull(row, "ended_at"),
                timeOrNull(row, "converted_at"),
                row.getString("converted_from"),
                row.getString("converted_to"));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime timeOrNull(@Nullable Instant at) {
        return at == null ? null : time(at);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
