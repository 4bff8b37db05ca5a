package guichet.intake.requests;

import guichet.intake.identity.Caller.SignedIn;
import guichet.intake.identity.Pseudonyms;
import guichet.intake.requests.MeasuredWaits.Queue;
import guichet.policy.Channel;
import guichet.policy.Language;
import guichet.policy.Plan;
import guichet.schemas.Topics;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What customers ask the tables, which know people by pseudonyms. */
final class RequestTable implements Readers {

    private static final String MINE =
            "(customer = :customer or copied @> array[cast(:email as text)])";

    private final RequestsDatabase database;

    RequestTable(RequestsDatabase database) {
        this.database = database;
    }

    /**
     * A request that a person may see. For somebody else's request and for one that does not exist
     * the database is asked the same and answers the same.
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
     * A person's own requests and those they are copied on, newest first. One more than the limit
     * is returned where there are more.
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
     * The steps of a request that may happen more than once.
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
     * The callback of a customer to a number that nobody has called yet: the oldest that has a due,
     * else the oldest. Empty where callbacks have not been read to their ends within the last
     * seconds, as it may be over by now.
     *
     * @param since callbacks asked for before are left out
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
     * When a contact began; empty where the tables do not have it, or it is erased.
     *
     * @param since contacts that began before are left out
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
     * By queue, the median wait of the contacts that agents have taken since an instant.
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

    private static MapSqlParameterSource as(SignedIn person) {
        return new MapSqlParameterSource("customer", Pseudonyms.ofCustomer(person.subject()))
                .addValue("email", Columns.pseudonym(person.email()), Types.VARCHAR);
    }

    private Optional<KnownRequest> one(String question, SqlParameterSource values) {
        return many(question, values).stream().findFirst();
    }

    private List<KnownRequest> many(String question, SqlParameterSource values) {
        return database.ask(
                statements -> statements.query(question, values, RequestTable::request));
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
